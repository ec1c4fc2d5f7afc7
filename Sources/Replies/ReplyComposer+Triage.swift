public import Status
public import Timing

/// The words of the dialogue.
extension ReplyComposer {
    /// What is said where a dialogue stands, and what can be pressed there.
    ///
    /// - Parameters:
    ///   - remark: a section of `triage.md` to say first: `resumed`, `expired`, `changed`, `declined`, `no-store`.
    ///   - isTold: they are told already when the service is back.
    public func compose(
        _ triage: Triage, service: Service, verdict: Verdict, at now: Instant, remark: String? = nil, isTold: Bool = false,
        language: String = ResponseCatalog.base
    ) -> Reply {
        let voice = Voice(catalog: catalog, language: language, service: service)
        let desk = TriageDesk(catalog: catalog, verdict: verdict)
        let scene = desk.scene(of: triage)
        let writer = TriageWriter(
            triage: triage, service: service, verdict: verdict, now: now, voice: voice, desk: desk, isTold: isTold)
        var reply = fitted(
            writer.tone(of: scene), [remark.flatMap { voice.say("triage.md", $0) }] + writer.paragraphs(of: scene))
        reply.choices = writer.choices(in: scene)
        return reply
    }

    /// Asks what goes wrong.
    public func symptoms(
        of service: Service, began: Timestamp, platform: Platform? = nil, language: String = ResponseCatalog.base
    ) -> Reply {
        let voice = Voice(catalog: catalog, language: language, service: service)
        var reply = fitted(.neutral, [voice.say("triage.md", "symptom")])
        reply.choices =
            Symptom.allCases.compactMap { symptom in
                let triage = Triage(service: service.id, symptom: symptom, platform: platform, began: began)
                return voice.choice(symptom.rawValue, .triage(triage, .look))
            } + [voice.choice("own-words", .describe(service.id))].compactMap(\.self)
        return reply
    }
}
