import Diagnostics
import HTTP
import Logging
import Status
import Synchronization
import TestServers
import Testing
import Timing

@testable import Bot
@testable import Probes

@Suite("The providers' feeds, over real sockets", .timeLimit(.minutes(1)))
struct FeedWatchTests {
    private let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func fetcher() -> FeedFetcher {
        FeedFetcher(http: HTTPClient(network: Network(), userAgent: "test/1"), longest: 10_000)
    }

    private func said(_ replies: [ScriptedServer.Reply]) async throws -> (
        words: [OfficialWord?], requests: [ScriptedServer.Request]
    ) {
        let counter = Counter()
        let server = try ScriptedServer { _ in replies[min(counter.next(), replies.count - 1)] }
        var reading = FeedWatch.Reading(
            .feed(FeedSource(kind: "statuspage", url: "http://127.0.0.1:\(server.port)/api/v2/status.json")))
        var words: [OfficialWord?] = []
        let fetcher = fetcher()
        for _ in replies {
            switch await reading.next(from: fetcher, log) {
            case .official(let word)?: words.append(word)
            case .page?, nil: words.append(nil)
            }
        }
        return (words, server.requests)
    }

    private static let red = #"{"status":{"indicator":"critical"}}"#
    private static let green = #"{"status":{"indicator":"none"}}"#

    @Test("are asked only for what is new, and say what they said when nothing is")
    func unchanged() async throws {
        let date = "Mon, 23 Nov 2026 10:00:00 GMT"
        let (words, requests) = try await said([
            .answer(200, fields: ["ETag: \"a1\"", "Last-Modified: \(date)"], Self.red), .answer(304), .answer(200, Self.green),
            .answer(200, Self.green),
        ])
        #expect(words == [.critical, .critical, OfficialWord.none, OfficialWord.none])
        #expect(!requests[0].has("if-none-match"))
        #expect(requests[1].fields.contains { $0.lowercased() == "if-none-match: \"a1\"" })
        #expect(requests[1].fields.contains { $0.lowercased() == "if-modified-since: \(date.lowercased())" })
        #expect(!requests[3].has("if-none-match"))
    }

    @Test(
        "that fail are no outage and no good news",
        arguments: [
            .answer(500, red), .answer(404, green), .close,
            .answer(302, fields: ["Location: https://other.example/inactive"], green),
            .answer(302, fields: ["Location: http://127.0.0.1:1/"]), .answer(301),
            .answer(200, String(repeating: " ", count: 20_000)),
        ] as [ScriptedServer.Reply])
    func failing(reply: ScriptedServer.Reply) async throws {
        #expect(try await said([reply]).words == [nil])
    }

    @Test("that answer with something else are unknown", arguments: ["<html>All systems operational</html>", "", "{}"])
    func senseless(body: String) async throws {
        #expect(try await said([.answer(200, body)]).words == [.unknown])
    }

    @Test("count the words that nobody knows")
    func strangeWords() async throws {
        let server = try ScriptedServer { _ in .answer(200, #"{"status":{"indicator":"wobbly"}}"#) }
        var reading = FeedWatch.Reading(.feed(FeedSource(kind: "statuspage", url: "http://127.0.0.1:\(server.port)/")))
        for count in 1...2 {
            #expect(await reading.next(from: fetcher(), log) == .official(.unknown))
            #expect(reading.unknownWords == count)
        }
    }

    @Test("pages of others are asked in the same way")
    func pages() async throws {
        let answers = ["<b>No problems</b>", "problems reported", "<p>hello</p>"].map { ScriptedServer.Reply.answer(200, $0) }
        let counter = Counter()
        let server = try ScriptedServer { _ in (answers + [.answer(503)])[min(counter.next(), 3)] }
        let page = PageSource(
            name: "Watcher", url: "http://127.0.0.1:\(server.port)/kik", up: [.text("no problems")],
            down: [.text("problems reported")])
        var reading = FeedWatch.Reading(.page(page))
        for word in [PageWord.up, .down, .unknown] { #expect(await reading.next(from: fetcher(), log) == .page(word)) }
        #expect(await reading.next(from: fetcher(), log) == nil)
    }

    @Test("may redirect within their host, but not for ever")
    func redirects() async throws {
        let moved = ScriptedServer.Reply.answer(301, fields: ["Location: /elsewhere"])
        let counter = Counter()
        let server = try ScriptedServer { _ in counter.next() == 0 ? moved : .answer(200, Self.green) }
        var reading = FeedWatch.Reading(.feed(FeedSource(kind: "statuspage", url: "http://127.0.0.1:\(server.port)/a")))
        #expect(await reading.next(from: fetcher(), log) == .official(.none))
        #expect(server.requests.map(\.path) == ["/a", "/elsewhere"])
        #expect(try await said([moved]).words == [nil])
    }

    @Test(
        "are followed to hosts of the same vendor only",
        arguments: [
            ("https://www.example.com/x", true), ("https://status.example.com:443/", false), ("https://example.com", true),
            ("/y", true),
            ("http://example.com/", false), ("https://example.com.evil.test/", false), ("https://notexample.com/", false),
            ("//evil.test/", false),
            ("https://user@example.com/", false), ("https://com/", false), ("ftp://example.com/", false),
        ])
    func vendor(location: String, isFollowed: Bool) {
        let target = FeedFetcher.target(of: location, from: "https://example.com/api")
        #expect((target != nil) == isFollowed, "\(target ?? "-")")
    }

    @Test("reach the verdict: red where nothing is probed is an outage, beside probes that answer a part of one")
    func verdict() async throws {
        let canaries = try (0..<5).map { _ in try LoopbackSocket() }
        var configuration = Configuration()
        configuration.monitor.canaries = canaries.map { Target(kind: .tcp, host: "127.0.0.1", port: $0.port) }
        let server = try LoopbackSocket()
        let desk = StatusDesk.make(configuration: configuration, pace: StatusBoard.Settings(), log: log)
        let check = Check(id: "way", anyOf: [Target(kind: .tcp, host: "127.0.0.1", port: server.port)])
        await desk.watch([
            Service(id: "probed", name: "P", components: [Component(id: "all", name: "all", weight: 1, checks: [check])]),
            Service(
                id: "told", name: "T", components: [], feeds: [FeedSource(kind: "statuspage", url: "https://status.example/")]),
        ])
        #expect(await desk.settledVerdict(of: "probed", patience: .seconds(30)).verdict.state == .up)
        for service in ["probed", "told"] as [ServiceID] {
            await desk.hear(.officialSaid(service: service, source: "status.example", word: .critical))
        }
        #expect(await desk.verdict(askedAbout: "told").verdict.state == .down)
        let beside = await desk.verdict(askedAbout: "probed").verdict
        #expect(beside.state == .partial && beside.because == [.official(source: "status.example", word: .critical)])
        await desk.stop()
    }

    @Test("are asked each minute while they admit trouble, else each three, and ever more seldom while they fail")
    func pace() {
        var pace = FeedPace(jitter: Jitter(seed: 1))
        func isNear(_ wait: Duration, _ seconds: Double) -> Bool {
            wait >= .seconds(seconds * 0.9) && wait <= .seconds(seconds * 1.1)
        }
        #expect(pace.first() < .seconds(60))
        #expect(isNear(pace.next(after: OfficialWord.none), 180))
        #expect(isNear(pace.next(after: .minor), 60))
        #expect(isNear(pace.next(after: .maintenance), 60))
        for seconds in [360.0, 720, 1_440, 1_800, 1_800] { #expect(isNear(pace.next(after: nil), seconds)) }
        #expect(isNear(pace.next(after: OfficialWord.none), 180))
    }
}

/// Counts from zero.
private final class Counter: Sendable {
    private let value = Mutex(-1)

    func next() -> Int {
        value.withLock {
            $0 += 1
            return $0
        }
    }
}
