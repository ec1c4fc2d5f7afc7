public import Status

extension ReplyComposer {
    /// What to say to somebody who answers to an earlier list of steps and is not helped yet: the steps after those.
    ///
    /// The earlier answer itself is the memory, so it outlives a restart of the bot.
    ///
    /// - Parameters:
    ///   - previous: the text of our message that they answered to.
    ///   - platform: the platform that they name now.
    /// - Returns: nil when `previous` is no list of steps about `service`.
    public func continuation(
        of previous: String,
        service: Service,
        platform: Platform? = nil,
        language: String = ResponseCatalog.base
    ) -> ReplyRequest? {
        let voice = Voice(catalog: catalog, language: language, service: service)
        // The list has come to its end: nothing is left but those who run the service.
        if let last = voice.say("fixes.md", "last"), previous.contains(last) { return .contact }
        for symptom in Symptom.allCases {
            guard let problem = voice.say("symptoms/\(symptom.rawValue).md", "problem") else { continue }
            let introductions = ["intro", "next"].compactMap { voice.say("fixes.md", $0, ["problem": problem]) }
            guard introductions.contains(where: previous.contains) else { continue }
            guard let shown = catalog.order(for: symptom).last(where: { isShown($0, in: previous, voice) }) else { return nil }
            return .fixes(symptom, platform: platform, after: shown.id)
        }
        return nil
    }

    private func isShown(_ step: FixStep, in previous: String, _ voice: Voice) -> Bool {
        guard let title = voice.say("fixes/\(step.id).md", "title") else { return false }
        return previous.contains(". \(title)**")
    }
}
