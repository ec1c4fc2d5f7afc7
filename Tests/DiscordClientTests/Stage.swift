import Clocks
import Discord
import DiscordClient
import Foundation
import HTTP
import Logging
import Playground
import Testing
import Timing
import WebSockets

/// A local Discord with our client on it: real sockets, real HTTP, no simulated services.
final class Stage: Sendable {
    let playground: Playground
    let endpoints: Playground.Endpoints
    let http: HTTPClient
    let rest: REST
    let gateway: ShardSet
    let book = HealthBook()
    /// What was logged for somebody to act upon.
    let alarms: Alarms
    /// What the gateway hands on, in order.
    let events: AsyncStream<GatewayEvent>
    private let loops: [GatewayLoop]

    init(
        token: String? = nil,
        heartbeatInterval: Duration = .milliseconds(41_250),
        discord: Playground.DiscordSettings = Playground.DiscordSettings(),
        shards: Int? = nil,
        loops: Int = 1,
        compression: TransportCompression = .none,
        patience: GatewaySession.Patience = GatewaySession.Patience(),
        certificateAuthority: String? = nil
    ) async throws {
        playground = Playground(services: [], canaries: [], port: 0, heartbeatInterval: heartbeatInterval, discord: discord)
        endpoints = try await playground.start()
        let token = Secret(token ?? endpoints.botToken)
        let alarms = Alarms()
        self.alarms = alarms
        let log = Logger(label: "test") { _ in alarms.handler }
        http = HTTPClient(userAgent: "test")
        rest = REST(base: endpoints.restBase, token: token, http: http, log: log)
        self.loops = try (0..<loops).map { _ in GatewayLoop(try WebSocketLoop(certificateAuthority: certificateAuthority)) }
        let (events, continuation) = AsyncStream.makeStream(of: GatewayEvent.self)
        self.events = events
        var plan = ShardSet.Plan(intents: .conversationAndText, shards: shards)
        plan.compression = compression
        plan.patience = patience
        gateway = ShardSet(
            plan, token: token, loops: self.loops, resolver: http, rest: rest, book: book, log: log,
            listener: Ear(continuation))
    }

    /// Runs `body` beside the connected gateway, then takes leave; returns how the gateway ended.
    @discardableResult
    func play(_ body: (inout AsyncStream<GatewayEvent>.Iterator) async throws -> Void) async throws -> GatewaySession.StopReason {
        async let reason = gateway.run()
        var events = events.makeAsyncIterator()
        do {
            try await body(&events)
        } catch {
            await gateway.stop(keepSessions: false)
            _ = await reason
            await close()
            throw error
        }
        await gateway.stop(keepSessions: false)
        let ended = await reason
        await close()
        return ended
    }

    func close() async {
        await rest.close()
        await http.shutdown()
        for loop in loops { loop.sockets.stop() }
        await playground.stop()
    }

    /// Speaks as a person; returns the message's id.
    func say(_ text: String) async throws -> Snowflake {
        let body = try JSONSerialization.data(withJSONObject: ["author": "ann", "channel": "general", "content": text])
        let answer = try await post("lab/messages", body)
        let message = try #require(try JSONSerialization.jsonObject(with: Data(answer)) as? [String: Any])
        return try #require((message["id"] as? String).flatMap { Snowflake($0) })
    }

    func fault(_ name: String, when: String? = nil, _ more: [String: Int] = [:]) async throws {
        var fault: [String: Any] = ["fault": name]
        fault["when"] = when
        _ = try await post("lab/faults", JSONSerialization.data(withJSONObject: fault.merging(more) { $1 }))
    }

    /// What the local gateway has counted.
    func count(_ name: String) async throws -> Int {
        let answer = try await http.perform(HTTPRequest(.get, endpoints.page + "lab/stats"))
        let stats = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
        return try #require(stats[name] as? Int, "\(name) among \(stats.keys.sorted())")
    }

    /// Where the client broke Discord's protocol, as the local gateway sees it.
    func violations() async throws -> String {
        String(decoding: try await http.perform(HTTPRequest(.get, endpoints.page + "lab/violations")).body, as: UTF8.self)
    }

    /// The messages of the chat, oldest first.
    func transcript() async throws -> [[String: Any]] {
        let answer = try await http.perform(HTTPRequest(.get, endpoints.page + "lab/transcript"))
        return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [[String: Any]])
    }

    private func post(_ path: String, _ body: Data) async throws -> [UInt8] {
        let headers = [(name: "Content-Type", value: "application/json")]
        let answer = try await http.perform(HTTPRequest(.post, endpoints.page + path, headers: headers, body: Array(body)))
        try #require(answer.status < 300, "\(path): HTTP \(answer.status)")
        return answer.body
    }
}

extension AsyncStream<GatewayEvent>.Iterator {
    /// Reads on until `pick` finds what it looks for.
    mutating func first<Found>(_ pick: (GatewayEvent) -> Found?) async throws -> Found {
        while let event = await next() {
            if let found = pick(event) { return found }
        }
        throw EndOfEvents()
    }

    mutating func ready() async throws -> Ready {
        try await first { if case .ready(let ready) = $0 { ready } else { nil } }
    }

    mutating func resumed() async throws {
        _ = try await first { $0 == .resumed ? true : nil }
    }

    mutating func message() async throws -> Message {
        try await first { if case .messageCreated(let message) = $0 { message } else { nil } }
    }
}

/// Takes down what is logged for somebody to act upon, for tests that wait for it.
final class Alarms: Sendable {
    private let lines: AsyncStream<String>
    private let line: AsyncStream<String>.Continuation

    init() {
        (lines, line) = AsyncStream.makeStream()
    }

    var handler: any LogHandler { Handler(line: line) }

    /// Waits for one that fits.
    @discardableResult
    func first(where fits: @Sendable (String) -> Bool) async -> String? {
        for await line in lines where fits(line) { return line }
        return nil
    }

    private struct Handler: LogHandler {
        let line: AsyncStream<String>.Continuation
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.warning

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let more = (event.metadata ?? [:]).map { "\($0)=\($1)" }.joined(separator: " ")
            line.yield("\(event.message) \(more)")
        }
    }
}

/// Hears everything and answers nothing.
struct Ear: GatewayListener {
    private let events: AsyncStream<GatewayEvent>.Continuation

    init(_ events: AsyncStream<GatewayEvent>.Continuation) {
        self.events = events
    }

    func wants(_ message: ScannedMessage) -> Bool { true }

    func hear(_ event: GatewayEvent, _ receipt: EventReceipt) -> Bool {
        events.yield(event)
        return false
    }
}

struct EndOfEvents: Error {}
