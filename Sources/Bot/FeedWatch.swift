import Clocks
import DiscordClient
import Feeds
import HTTP
public import Logging
import Probes
public import Status
import Timing

/// Keeps asking the providers' feeds how their services are, and tells the desk.
public struct FeedWatch: Sendable {
    private let feeds: [(service: ServiceID, source: FeedSource, name: String)]
    private let fetcher: FeedFetcher
    private let desk: StatusDesk
    private let log: Logger

    /// The feeds of all services that have any.
    init(_ services: [Service], fetcher: FeedFetcher, desk: StatusDesk, log: Logger) {
        feeds = services.flatMap { service in service.feeds.map { (service.id, $0, $0.name(among: service.feeds)) } }
        self.fetcher = fetcher
        self.desk = desk
        self.log = log
    }

    /// Runs until it is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for (service, source, name) in feeds { group.addTask { await follow(source, called: name, of: service) } }
        }
    }

    /// Asks each feed once: for somebody who wants to know now, without a bot that has been listening.
    public static func askOnce(_ services: [Service], configuration: Configuration, desk: StatusDesk, log: Logger) async {
        guard configuration.monitor.feeds else { return }
        let http = HTTPClient(network: configuration.network, userAgent: Product.name)
        let fetcher = FeedFetcher(http: http, longest: FeedLimits.bytes, patience: .seconds(5))
        let watch = FeedWatch(services, fetcher: fetcher, desk: desk, log: log)
        await withTaskGroup(of: Void.self) { group in
            for (service, source, name) in watch.feeds {
                group.addTask {
                    var reading = Reading(source)
                    let word = await reading.next(from: watch.fetcher, log)
                    await desk.hear(.officialSaid(service: service, source: name, word: word ?? .unknown))
                }
            }
        }
        await http.shutdown()
    }

    private func follow(_ source: FeedSource, called name: String, of service: ServiceID) async {
        var pace = FeedPace(jitter: .unpredictable())
        var reading = Reading(source)
        var wait = pace.first()
        while (try? await Task.sleep(for: wait)) != nil {
            let word = await reading.next(from: fetcher, log)
            await desk.hear(.officialSaid(service: service, source: name, word: word ?? .unknown))
            wait = pace.next(after: word)
        }
    }
}

extension FeedWatch {
    /// One feed between two looks: what it said, and how to ask for news only.
    struct Reading {
        private let source: FeedSource
        private var validators = FeedFetcher.Validators()
        private var last: OfficialWord?
        private var reported: Set<String> = []

        init(_ source: FeedSource) {
            self.source = source
        }

        /// What the feed says now; nil where it cannot be fetched. What it says again without sending it again is what it said.
        mutating func next(from fetcher: FeedFetcher, _ log: Logger) async -> OfficialWord? {
            switch await fetcher.fetch(source.url, newerThan: validators) {
            case .unchanged: return last
            case .failed(let why):
                log.debug("a feed could not be read", metadata: ["feed": "\(source.url)", "why": "\(why)"])
                (validators, last) = (FeedFetcher.Validators(), nil)
                return nil
            case .body(let body, let new):
                let reader = FeedReader(kind: FeedKind(rawValue: source.kind), at: .now, components: source.components)
                let report = reader.report(of: body)
                let strange = Set(report.unknownWords.keys).subtracting(reported)
                if !strange.isEmpty, reported.count < 100 {
                    reported.formUnion(strange)
                    log.warning(
                        "a feed uses words that nobody knows",
                        metadata: ["feed": "\(source.url)", "words": "\(strange.sorted().joined(separator: ", "))"])
                }
                (validators, last) = (new, report.verdict.word)
                return last
            }
        }
    }
}
