public import Status
public import Timing

/// Answers about what people report, watch, announce and set, and about all services at once.
extension ReplyComposer {
    /// More names than this stand in no line.
    private static let namesInLine = 12

    /// A text that needs no more than what it is called.
    public func notice(
        _ file: String, _ section: String = "text", about service: Service? = nil, _ values: [String: String] = [:],
        tone: Reply.Tone = .neutral, language: String = ResponseCatalog.base
    ) -> Reply {
        let voice =
            service.map { Voice(catalog: catalog, language: language, service: $0) }
            ?? Voice(catalog: catalog, language: language)
        return fitted(tone, [voice.say(file, section, values)])
    }

    /// A name that is no service's: shown as it was written, harmless.
    public func unknownService(_ name: String, guess: Service?, language: String = ResponseCatalog.base) -> Reply {
        let shown = MarkdownText.escaped(name)
        guard !shown.isEmpty else { return notice("refusals.md", "no-service", language: language) }
        var values = ["name": shown]
        values["guess"] = guess?.name
        return notice("refusals.md", "unknown-service", values, language: language)
    }

    /// A text about no service.
    public func notice(_ file: String, _ section: String, _ values: [String: String], language: String = ResponseCatalog.base)
        -> Reply
    {
        notice(file, section, about: nil, values, language: language)
    }

    /// How every service is, the troubled ones first.
    ///
    /// - Parameters:
    ///   - verdicts: of each service, in their order.
    ///   - isBlind: nothing can be said, because we are not online ourselves.
    public func overview(_ services: [Service], _ verdicts: [Verdict], isBlind: Bool, language: String = ResponseCatalog.base)
        -> Reply
    {
        let voice = Voice(catalog: catalog, language: language)
        if isBlind { return fitted(.unsure, [voice.say("overview.md", "blind")]) }
        let going = zip(services, verdicts).filter { $0.0.retirement == nil }
        func line(_ state: Verdict.State) -> String? {
            let names = going.filter { $0.1.state == state }.map(\.0.name)
            guard !names.isEmpty else { return nil }
            let more = names.count - Self.namesInLine
            let rest = more > 0 ? voice.say("overview.md", "more", ["count": String(more)]).map { " " + $0 } ?? "" : ""
            return voice.say(
                "overview.md", state.rawValue, ["services": names.prefix(Self.namesInLine).joined(separator: ", ") + rest])
        }
        let troubled: [Verdict.State] = [.down, .partial, .degraded, .maintenance]
        if going.allSatisfy({ $0.1.state == .up }) {
            return fitted(.good, [voice.say("overview.md", "all-up", ["count": String(going.count)])])
        }
        let worst = troubled.first { state in going.contains { $0.1.state == state } }
        let tone: Reply.Tone =
            switch worst {
            case .down: .bad
            case nil: .unsure
            default: .uneasy
            }
        return fitted(tone, [voice.say("overview.md", "title")] + (troubled + [.unknown, .up]).map(line)).withHeadline
    }

    /// What a service's state is, to somebody who asked to be told.
    public func news(
        of service: Service, verdict: Verdict, at now: Instant, isBack: Bool, isLast: Bool,
        language: String = ResponseCatalog.base
    ) -> Reply {
        let voice = Voice(catalog: catalog, language: language, service: service)
        let report = StatusReport(service: service, verdict: verdict, now: now, voice: voice)
        return fitted(
            report.tone,
            [voice.say("people.md", isBack ? "news-up" : "news-down")] + report.headline + (isBack ? [] : report.explanation)
                + [isBack ? nil : report.advice, isLast ? voice.say("people.md", "last-message") : nil])
    }

    /// An answer whose subject has changed since it was given.
    public func revised(_ reply: Reply, about service: Service, isBetter: Bool, language: String = ResponseCatalog.base) -> Reply
    {
        let voice = Voice(catalog: catalog, language: language, service: service)
        var revised = reply
        // The verdict stays the first thing to be read.
        let place = min(1, revised.paragraphs.count)
        revised.paragraphs.insert(
            contentsOf: [voice.say("changes.md", isBetter ? "better" : "worse")].compactMap(\.self), at: place)
        var fitted = fitted(revised.tone, revised.paragraphs)
        fitted.choices = revised.choices
        fitted.hasHeadline = revised.hasHeadline
        return fitted
    }

    /// Whether the fault may be the bot's own.
    ///
    /// - Parameter reach: how many of its canaries answer the bot, of how many.
    public func whoseFault(reach: (reached: Int, of: Int), isBlind: Bool, language: String = ResponseCatalog.base) -> Reply {
        let voice = Voice(catalog: catalog, language: language)
        let values = ["reached": String(reach.reached), "of": String(reach.of)]
        return fitted(
            isBlind ? .unsure : .good,
            [voice.say("changes.md", isBlind ? "me-blind" : "me", values), voice.say("changes.md", "you")])
    }

    /// What is set on a server.
    public func settings(
        defaultService: String?, language chosen: String, talk: String, isChanged: Bool, language: String = ResponseCatalog.base
    ) -> Reply {
        let voice = Voice(catalog: catalog, language: language)
        let values = [
            "default": defaultService ?? voice.say("settings.md", "none") ?? "",
            "language": catalog.name(ofLanguage: chosen), "talk": voice.say("settings.md", "talk-\(talk)") ?? "",
        ]
        return fitted(
            .neutral, [isChanged ? voice.say("settings.md", "changed") : nil, voice.say("settings.md", "shown", values)])
    }
}
