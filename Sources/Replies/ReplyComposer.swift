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
    /// What the bot itself talks over: who reads an answer about it is reached by it.
    let home: ServiceID?
    private let names: [String]

    /// - Parameters:
    ///   - services: those the bot watches, for the answers that list them.
    ///   - home: the service that answers are read on.
    public init(catalog: ResponseCatalog, services: [Service] = [], home: ServiceID? = nil) {
        self.catalog = catalog
        self.home = home
        // What people may have on their phones stands before what only engineers know.
        let described = catalog.described
        names = (services.filter { described.contains($0.id) } + services.filter { !described.contains($0.id) }).map(\.name)
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
            let remark = service.id == home && verdict.state != .up ? voice.say("changes.md", "home") : nil
            return fitted(report.tone, report.headline + [remark] + report.explanation + [report.advice]).withHeadline
        case .fixes(let symptom, let platform, let shown):
            let advice = FixAdvice(
                symptom: symptom, platform: platform, shown: shown, service: service, verdict: verdict, voice: voice)
            // Who reports a symptom while the servers answer wants the steps, not how fast the servers answered.
            let explanation = verdict.state == .up ? [report.doubts] : report.explanation
            return fitted(
                report.tone, report.headline + (shown == nil ? explanation : []) + advice.paragraphs(orWaiting: report.advice))
        case .history:
            return fitted(report.tone, report.headline + [HistoryReport(past: past, voice: voice).paragraph]).withHeadline
        case .subscribe:
            return fitted(report.tone, report.headline + [voice.say("subscribe.md", "service") ?? voice.say("subscribe.md")])
        case .contact:
            return fitted(
                .neutral,
                [voice.support(for: service), voice.say("contact.md", "what-to-say"), voice.say("contact.md", "careful")])
        case .didYouMean: return compose(wanted, among: [service], language: language)
        case .explain, .help, .notWatched, .thanks, .whichService, .whoseFault:
            return compose(wanted, language: language)
        }
    }

    /// What is known of a service that is asked about.
    public struct Report: Sendable {
        public var service: Service
        public var verdict: Verdict
        /// What it has been like, as of the wall clock's time; nil where nothing is on record or nobody asks.
        public var past: (history: History, now: Timestamp)?

        public init(service: Service, verdict: Verdict, past: (history: History, now: Timestamp)? = nil) {
            self.service = service
            self.verdict = verdict
            self.past = past
        }
    }

    /// An answer about one service or several.
    ///
    /// - Parameters:
    ///   - isGuess: it is not certain that the first service is meant.
    ///   - offersMore: it is not certain that this is what they want to know of it.
    public func compose(
        _ wanted: ReplyRequest,
        about reports: [Report],
        at now: Instant,
        isGuess: Bool = false,
        offersMore: Bool = false,
        language: String = ResponseCatalog.base
    ) -> Reply {
        guard let first = reports.first else { return compose(wanted, language: language) }
        var reply =
            reports.count == 1
            ? compose(wanted, service: first.service, verdict: first.verdict, at: now, past: first.past, language: language)
            : compose(wanted, aboutAll: reports, at: now, language: language)
        let voice = Voice(catalog: catalog, language: language, service: first.service)
        if isGuess { reply.paragraphs.insert(contentsOf: [voice.say("did-you-mean.md", "guess")].compactMap(\.self), at: 0) }
        if offersMore { reply.paragraphs += [voice.say("did-you-mean.md", "otherwise")].compactMap(\.self) }
        var fitted = fitted(reply.tone, reply.paragraphs)
        fitted.hasHeadline = reply.hasHeadline && reports.count == 1
        return fitted
    }

    /// How each of several services is, then what to do about the one that is worst off. What is not about the state is said of each.
    private func compose(_ wanted: ReplyRequest, aboutAll reports: [Report], at now: Instant, language: String) -> Reply {
        let replies = reports.map {
            compose(wanted, service: $0.service, verdict: $0.verdict, at: now, past: $0.past, language: language)
        }
        let worst = reports.indices.max { Self.severity(reports[$0]) < Self.severity(reports[$1]) } ?? 0
        let paragraphs =
            switch wanted {
            // The first paragraph is the headline.
            case .status, .fixes: replies.compactMap(\.paragraphs.first) + replies[worst].paragraphs.dropFirst()
            default: replies.flatMap(\.paragraphs)
            }
        var said: Set<String> = []
        return fitted(replies[worst].tone, paragraphs.filter { said.insert($0).inserted })
    }

    private static func severity(_ report: Report) -> Int {
        guard report.service.retirement == nil else { return 0 }
        return switch report.verdict.state {
        case .up: 1
        case .unknown: 2
        case .maintenance: 3
        case .degraded: 4
        case .partial: 5
        case .down: 6
        }
    }

    /// An answer that is about no service in particular. What cannot be answered without one asks which.
    ///
    /// - Parameter candidates: what may be meant, for `.didYouMean`.
    public func compose(_ wanted: ReplyRequest, among candidates: [Service] = [], language: String = ResponseCatalog.base)
        -> Reply
    {
        let voice = Voice(catalog: catalog, language: language)
        let services = listed(voice).map { ["services": $0] } ?? [:]
        let paragraph =
            switch wanted {
            case .explain(let topic): voice.say("explain/\(topic.rawValue).md")
            case .history: voice.say("history.md")
            case .subscribe: voice.say("subscribe.md")
            case .help: voice.say("help.md", "text", services)
            case .thanks: voice.say("thanks.md")
            case .didYouMean:
                voice.say(
                    "did-you-mean.md", "text",
                    ["services": candidates.map(\.name).joined(separator: ", "), "service": candidates.first?.name ?? ""])
            case .notWatched: voice.say("not-watched.md", "text", services)
            case .whoseFault: voice.say("changes.md", "you")
            case .status, .fixes, .contact, .whichService: voice.say("which-service.md", "text", services)
            }
        return fitted(.neutral, [paragraph])
    }

    /// The services that the bot watches, as many as anybody reads.
    private func listed(_ voice: Voice) -> String? {
        guard !names.isEmpty else { return nil }
        let more = names.count - Self.namesListed
        let rest = more > 0 ? voice.say("overview.md", "more", ["count": String(more)]).map { " " + $0 } : nil
        return names.prefix(Self.namesListed).joined(separator: ", ") + (rest ?? "")
    }

    /// An answer about a page that somebody named.
    ///
    /// - Parameter host: of the page; nil where what was named is none.
    public func compose(_ look: PageLook, at host: String?, language: String = ResponseCatalog.base) -> Reply {
        SiteReport(host: host ?? "", look: look, voice: Voice(catalog: catalog, language: language)).reply
    }

    /// The answer without paragraphs that have no words, and without the last ones where it would grow too long.
    func fitted(_ tone: Reply.Tone, _ paragraphs: [String?]) -> Reply {
        var reply = Reply(tone: tone, paragraphs: paragraphs.compactMap(\.self))
        while reply.text.utf16.count > Self.longest, reply.paragraphs.count > 1 {
            reply.paragraphs.removeLast()
        }
        return reply
    }
}

extension Reply {
    /// The same, its first paragraph being one.
    var withHeadline: Reply {
        var reply = self
        reply.hasHeadline = true
        return reply
    }
}

extension ReplyRequest {
    /// Whether it makes sense only for a service that goes on.
    fileprivate var isAboutState: Bool {
        switch self {
        case .status, .fixes, .history, .subscribe: true
        case .contact, .didYouMean, .explain, .help, .notWatched, .thanks, .whichService, .whoseFault: false
        }
    }
}
