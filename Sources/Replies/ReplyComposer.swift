public import Status
public import Timing

/// Puts answers together from the catalogue's texts: first the verdict in plain words, then why, then what to do.
///
/// Nothing that people wrote ever stands in an answer; names come from the service catalogue.
public struct ReplyComposer: Sendable {
    /// The longest answer, in UTF-16 units: Discord takes 2 000, and a renderer needs some room.
    public static let longest = 1_900
    /// More names than this are not listed.
    private static let namesListed = 20

    public let catalog: ResponseCatalog
    private let names: [String]

    /// - Parameter services: those the bot watches, for the answers that list them.
    public init(catalog: ResponseCatalog, services: [Service] = []) {
        self.catalog = catalog
        names = services.map(\.name)
    }

    /// An answer about a service.
    ///
    /// - Parameter past: what it has been like, as of the wall clock's time; nil where nothing is on record.
    public func compose(
        _ wanted: ReplyRequest,
        service: Service,
        verdict: Verdict,
        at now: Instant,
        past: (history: History, now: Timestamp)? = nil,
        language: String = ResponseCatalog.base
    ) -> Reply {
        let voice = Voice(catalog: catalog, language: language, service: service)
        let report = StatusReport(service: service, verdict: verdict, now: now, voice: voice)
        switch wanted {
        case _ where wanted.isAboutState && service.retirement != nil:
            return fitted(.neutral, [voice.say("retired.md"), voice.say("retired.md", "successor")])
        case .status:
            return fitted(report.tone, report.headline + report.explanation + [report.advice])
        case .fixes(let symptom, let platform, let shown):
            let advice = FixAdvice(
                symptom: symptom, platform: platform, shown: shown, service: service, verdict: verdict, voice: voice)
            // Who reports a symptom while the servers answer wants the steps, not how fast the servers answered.
            let explanation = verdict.state == .up ? [report.doubts] : report.explanation
            return fitted(
                report.tone, report.headline + (shown == nil ? explanation : []) + advice.paragraphs(orWaiting: report.advice))
        case .history:
            return fitted(report.tone, report.headline + [HistoryReport(past: past, voice: voice).paragraph])
        case .subscribe:
            return fitted(report.tone, report.headline + [voice.say("subscribe.md")])
        case .contact:
            return fitted(
                .neutral,
                [voice.support(for: service), voice.say("contact.md", "what-to-say"), voice.say("contact.md", "careful")])
        case .explain, .help, .notWatched, .thanks, .whichService:
            return compose(wanted, language: language)
        }
    }

    /// An answer that is about no service in particular. What cannot be answered without one asks which.
    public func compose(_ wanted: ReplyRequest, language: String = ResponseCatalog.base) -> Reply {
        let voice = Voice(catalog: catalog, language: language)
        let services = ["services": names.prefix(Self.namesListed).joined(separator: ", ")].filter { !$0.value.isEmpty }
        let paragraph =
            switch wanted {
            case .explain(let topic): voice.say("explain/\(topic.rawValue).md")
            case .history: voice.say("history.md")
            case .subscribe: voice.say("subscribe.md")
            case .help: voice.say("help.md", "text", services)
            case .thanks: voice.say("thanks.md")
            case .notWatched: voice.say("not-watched.md", "text", services)
            case .status, .fixes, .contact, .whichService: voice.say("which-service.md", "text", services)
            }
        return fitted(.neutral, [paragraph])
    }

    /// An answer about a page that somebody named.
    ///
    /// - Parameter host: of the page; nil where what was named is none.
    public func compose(_ look: PageLook, at host: String?, language: String = ResponseCatalog.base) -> Reply {
        SiteReport(host: host ?? "", look: look, voice: Voice(catalog: catalog, language: language)).reply
    }

    /// The answer without paragraphs that have no words, and without the last ones where it would grow too long.
    private func fitted(_ tone: Reply.Tone, _ paragraphs: [String?]) -> Reply {
        var reply = Reply(tone: tone, paragraphs: paragraphs.compactMap(\.self))
        while reply.text.utf16.count > Self.longest, reply.paragraphs.count > 1 {
            reply.paragraphs.removeLast()
        }
        return reply
    }
}

extension ReplyRequest {
    /// Whether it makes sense only for a service that goes on.
    fileprivate var isAboutState: Bool {
        switch self {
        case .status, .fixes, .history, .subscribe: true
        case .contact, .explain, .help, .notWatched, .thanks, .whichService: false
        }
    }
}
