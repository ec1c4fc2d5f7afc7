import Status
import Timing

/// The part of an answer that says how a service is, how old that is, and what speaks for and against it.
struct StatusReport {
    private static let reasonsFor = 3
    private static let reasonsAgainst = 2
    /// A part of this weight matters enough for its trouble to be the headline.
    private static let heavy = 0.5

    let service: Service
    let verdict: Verdict
    let now: Instant
    let voice: Voice

    /// The verdict in plain words, with its age.
    var headline: [String?] {
        let state = verdict.state.rawValue
        var values: [String: String] = [:]
        values["part"] = part
        values["age"] = verdict.observed.flatMap { voice.ago($0.duration(to: now)) }
        let sections = [nuance.map { "\(state) \($0)" }, "\(state) \(verdict.scope.rawValue)", state]
        return [voice.say("verdicts.md", firstOf: sections.compactMap(\.self), values)]
    }

    /// What speaks for the verdict, then what speaks against it.
    var explanation: [String?] {
        [list(verdict.because.prefix(Self.reasonsFor), in: "because"), doubts]
    }

    /// What speaks against the verdict.
    var doubts: String? {
        list(verdict.against.prefix(Self.reasonsAgainst), in: "against")
    }

    /// What to do about it, as far as it is not a matter of the person's own device.
    var advice: String? {
        let state = verdict.state.rawValue
        return voice.say("advice.md", firstOf: [nuance.map { "\(state) \($0)" }, state].compactMap(\.self))
    }

    var tone: Reply.Tone {
        switch verdict.state {
        case .up: .good
        case .degraded, .partial, .maintenance: .uneasy
        case .down: .bad
        case .unknown: .unsure
        }
    }

    /// The reason that changes what the verdict means, where there is one.
    private var nuance: String? {
        verdict.isHearsay ? "told" : nuanced.flatMap { nuance(of: $0) }
    }

    private var nuanced: Reason? {
        (verdict.because + verdict.against).first { nuance(of: $0) != nil }
    }

    private func nuance(of reason: Reason) -> String? {
        switch (verdict.state, reason) {
        case (.unknown, .blind): "blind"
        case (.unknown, .stale): "stale"
        case (.unknown, .noEvidence): "no-evidence"
        case (.up, .unconfirmed(let component)) where service.weight(ofComponent: component) >= Self.heavy: "unconfirmed"
        case (.degraded, .unstable): "unstable"
        case (.partial, .partlySilent): "partly-silent"
        default: nil
        }
    }

    /// The headline says it already, and there is no more to it.
    private func isTold(_ reason: Reason) -> Bool {
        switch nuance(of: reason) {
        case "stale", "no-evidence", "unconfirmed": true
        default: false
        }
    }

    /// What the verdict speaks of: the part that its strongest fitting reason names, or the heart of the service.
    private var part: String? {
        let telling =
            nuanced ?? verdict.because.first { tells($0) }
            ?? verdict.because.first { $0.component != nil }
        if let component = telling?.component { return voice.part(component, of: service) }
        let heart = service.components.max { $0.weight < $1.weight }
        return heart.map { voice.part($0.name, of: service) } ?? voice.say("verdicts.md", "part")
    }

    private func tells(_ reason: Reason) -> Bool {
        switch (verdict.state, reason) {
        case (.up, .answers), (.degraded, .slow), (.degraded, .unstable), (.partial, .silent), (.partial, .partlySilent),
            (.down, .silent):
            true
        default: false
        }
    }

    private func list(_ reasons: ArraySlice<Reason>, in section: String) -> String? {
        let sentences = reasons.filter { !isTold($0) }.compactMap { voice.sentence(for: $0, about: service) }
        guard !sentences.isEmpty else { return nil }
        return voice.say("reasons.md", section, ["reasons": sentences.joined(separator: " ")])
    }
}

extension Verdict {
    /// Whether it rests on what others say alone: then nothing may sound as if the bot had seen it.
    var isHearsay: Bool {
        state != .unknown && !because.isEmpty && because.allSatisfy(\.isHearsay)
    }
}

extension Reason {
    /// Whether it is what others say, and no look of our own.
    fileprivate var isHearsay: Bool {
        switch self {
        case .official, .pages, .people: true
        case .answers, .slow, .blocked, .silent, .partlySilent, .familySilent, .unstable, .recovering, .unconfirmed, .places,
            .blind, .stale, .noEvidence:
            false
        }
    }
}
