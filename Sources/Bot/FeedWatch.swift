import Clocks
import DiscordClient
import Feeds
import HTTP
public import Logging
import Probes
public import Status
import Timing

/// Keeps asking the providers' feeds, and the pages of others, how the services are, and tells the desk.
public struct FeedWatch: Sendable {
    private let sources: [Source]
    private let fetcher: FeedFetcher
    private let desk: StatusDesk
    private let log: Logger

    /// The sources of all services that have any.
    init(_ services: [Service], fetcher: FeedFetcher, desk: StatusDesk, log: Logger) {
        sources = services.flatMap { service in
            service.feeds.map { Source(service: service.id, name: $0.name(among: service.feeds), kind: .feed($0)) }
                + service.pages.map { Source(service: service.id, name: $0.name, kind: .page($0)) }
        }
        self.fetcher = fetcher
        self.desk = desk
        self.log = log
    }

    /// Asks the sources of each catalogue until the next one comes, and ends with the last.
    static func run(_ catalogues: AsyncStream<[Service]>, fetcher: FeedFetcher, desk: StatusDesk, log: Logger) async {
        var watching: Task<Void, Never>?
        for await services in catalogues {
            watching?.cancel()
            await watching?.value
            let watch = FeedWatch(services, fetcher: fetcher, desk: desk, log: log)
            watching = Task { await watch.run() }
        }
        watching?.cancel()
        await watching?.value
    }

    /// Runs until it is cancelled.
    private func run() async {
        await withTaskGroup(of: Void.self) { group in
            for source in sources { group.addTask { await follow(source) } }
        }
    }

    /// Asks each source once: for somebody who wants to know now, without a bot that has been listening.
    public static func askOnce(_ services: [Service], configuration: Configuration, desk: StatusDesk, log: Logger) async {
        guard configuration.monitor.feeds else { return }
        let http = HTTPClient(network: configuration.network, userAgent: Product.name)
        let fetcher = FeedFetcher(http: http, longest: FeedLimits.bytes, patience: .seconds(5))
        let watch = FeedWatch(services, fetcher: fetcher, desk: desk, log: log)
        await withTaskGroup(of: Void.self) { group in
            for source in watch.sources {
                group.addTask {
                    var reading = Reading(source.kind)
                    let said = await reading.next(from: watch.fetcher, log)
                    await desk.hear(source.input(said))
                }
            }
        }
        await http.shutdown()
    }

    private func follow(_ source: Source) async {
        var pace = source.pace
        var reading = Reading(source.kind)
        var wait = pace.first()
        while (try? await Task.sleep(for: wait)) != nil {
            let said = await reading.next(from: fetcher, log)
            await desk.hear(source.input(said), unknownWords: reading.unknownWords)
            reading.unknownWords = 0
            wait = pace.next(after: said?.official)
        }
    }
}

extension FeedWatch {
    /// One that is asked.
    struct Source: Sendable {
        enum Kind: Sendable {
            case feed(FeedSource)
            case page(PageSource)
        }

        let service: ServiceID
        let name: String
        let kind: Kind

        fileprivate var pace: FeedPace {
            switch kind {
            case .feed: FeedPace(jitter: .unpredictable())
            case .page: FeedPace(every: FeedPace.ofPages, jitter: .unpredictable())
            }
        }

        /// What the desk hears; nil is said where nothing could be fetched.
        fileprivate func input(_ said: Word?) -> StatusBoard.Input {
            switch (kind, said) {
            case (.feed, .official(let word)?): .officialSaid(service: service, source: name, word: word)
            case (.feed, _): .officialSaid(service: service, source: name, word: .unknown)
            case (.page, .page(let word)?): .pageSaid(service: service, source: name, word: word)
            case (.page, _): .pageSaid(service: service, source: name, word: .unknown)
            }
        }
    }

    /// What a source says.
    enum Word: Hashable, Sendable {
        case official(OfficialWord)
        case page(PageWord)

        /// What decides the pace.
        fileprivate var official: OfficialWord {
            switch self {
            case .official(let word): word
            case .page: .none
            }
        }
    }

    /// One source between two looks: what it said, and how to ask for news only.
    struct Reading {
        private let kind: Source.Kind
        private var validators = FeedFetcher.Validators()
        private var last: Word?
        private var reported: Set<String> = []
        /// How many words of feeds nobody knew, since somebody took note of them.
        fileprivate(set) var unknownWords = 0

        init(_ kind: Source.Kind) {
            self.kind = kind
        }

        private var url: String {
            switch kind {
            case .feed(let feed): feed.url
            case .page(let page): page.url
            }
        }

        /// What it says now; nil where it cannot be fetched. What it says again without sending it again is what it said.
        mutating func next(from fetcher: FeedFetcher, _ log: Logger) async -> Word? {
            switch await fetcher.fetch(url, newerThan: validators) {
            case .unchanged: return last
            case .failed(let why):
                log.debug("a feed could not be read", metadata: ["feed": "\(url)", "why": "\(why)"])
                (validators, last) = (FeedFetcher.Validators(), nil)
                return nil
            case .body(let body, let new):
                (validators, last) = (new, word(of: body, log))
                return last
            }
        }

        private mutating func word(of body: [UInt8], _ log: Logger) -> Word {
            switch kind {
            case .page(let page): return .page(PageReader(page).word(of: body))
            case .feed(let feed):
                let reader = FeedReader(kind: FeedKind(rawValue: feed.kind), at: .now, components: feed.components)
                let said = reader.report(of: body)
                unknownWords += said.unknownWords.values.reduce(0, +)
                report(Set(said.unknownWords.keys), log)
                return .official(said.verdict.word)
            }
        }

        /// Words that nobody knows are told once each, so that somebody adds them.
        private mutating func report(_ words: Set<String>, _ log: Logger) {
            let strange = words.subtracting(reported)
            guard !strange.isEmpty, reported.count < 100 else { return }
            reported.formUnion(strange)
            log.warning(
                "a feed uses words that nobody knows",
                metadata: ["feed": "\(url)", "words": "\(strange.sorted().joined(separator: ", "))"])
        }
    }
}
