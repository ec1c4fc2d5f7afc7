import Status

/// The part of an answer that says what to try.
struct FixAdvice {
    let symptom: Symptom
    let platform: Platform?
    let shown: FixStep.ID?
    let service: Service
    let verdict: Verdict
    let voice: Voice

    /// The steps that may be offered now with what belongs round them, or the word that waiting is all there is.
    func paragraphs(orWaiting waiting: String?) -> [String?] {
        let available = voice.catalog.platforms(of: service.id)
        if let platform, !available.contains(platform) { return [elsewhere(platform)] }
        let order = voice.catalog.order(for: symptom)
        let ladder = FixLadder(order, verdict: verdict, platforms: platform.map { [$0] } ?? available)
        guard ladder.reach != .nothing else { return [waiting, voice.say("fixes.md", "keep-waiting")] }
        let page = ladder.page(after: shown)
        guard !page.steps.isEmpty else { return [closing(ladder), voice.support(for: service)] }
        let steps = page.steps.enumerated().map { paragraph(for: $1, number: page.firstNumber + $0) }
        let ending =
            page.hasMore
            ? [voice.say("fixes.md", "ask")] : [closing(ladder), ladder.reach == .everything ? voice.support(for: service) : nil]
        return opening(page, ladder) + steps + ending
    }

    private func opening(_ page: FixLadder.Page, _ ladder: FixLadder) -> [String?] {
        let intro = introduction(shown == nil ? "intro" : "next")
        let risk = page.steps.contains(where: \.isDestructive) ? voice.say("fixes.md", "risk") : nil
        guard shown == nil else { return [risk, intro] }
        let isSeen = ladder.reach != .harmless && !verdict.isHearsay
        let caution = !isSeen ? voice.say("fixes.md", "uncertain") : voice.say(file, "opening")
        let remark = voice.say("services/\(service.id).md", symptom.rawValue)
        return [caution, remark, voice.say(file, "ask"), intro]
    }

    private func introduction(_ section: String) -> String? {
        voice.say("fixes.md", section, voice.say(file, "problem").map { ["problem": $0] } ?? [:])
    }

    private func closing(_ ladder: FixLadder) -> String? {
        voice.say("fixes.md", ladder.reach == .everything ? "last" : "harmless-only")
    }

    /// The number and title, what it takes, and how it is done where the person is. What is lost comes before all of it.
    private func paragraph(for step: FixStep, number: Int) -> String? {
        let file = "fixes/\(step.id).md"
        guard let title = voice.say(file, "title"), let cost = voice.say(file, "cost") else { return nil }
        let time = voice.say("fixes.md", "time", ["minutes": String(step.minutes), "cost": cost])
        let heading = FixAdvice.heading(number: number, title: title) + (time.map { " \($0)" } ?? "")
        let ways = platforms(of: step).map { voice.say(file, $0.rawValue) }
        let lines = [voice.say(file, "loss"), heading, voice.say(file, "how")] + ways
        return lines.compactMap(\.self).joined(separator: "\n")
    }

    private func platforms(of step: FixStep) -> [Platform] {
        let available = voice.catalog.platforms(of: service.id)
        return Platform.allCases.filter { available.contains($0) && (platform == nil || platform == $0) }
    }

    /// An honest word for those whose device has no such app.
    private func elsewhere(_ platform: Platform) -> String? {
        voice.elsewhere(platform, service)
    }

    private var file: String { "symptoms/\(symptom.rawValue).md" }

    /// The form in which a step is recognised again when somebody answers to it.
    static func heading(number: Int, title: String) -> String {
        "**\(number). \(title)**"
    }
}
