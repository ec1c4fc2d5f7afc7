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
    /// What the gateway hands on, in order.
    let events: AsyncStream<GatewayEvent>
    private let sockets: WebSocketLoop

    init(
        token: String? = nil,
        heartbeatInterval: Duration = .milliseconds(41_250),
        compression: TransportCompression = .none
    ) async throws {
        playground = Playground(services: [], canaries: [], port: 0, heartbeatInterval: heartbeatInterval)
        endpoints = try await playground.start()
        let token = Secret(token ?? endpoints.botToken)
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        http = HTTPClient(userAgent: "test")
        rest = REST(base: endpoints.restBase, token: token, http: http, log: log)
        sockets = try WebSocketLoop()
        let (events, continuation) = AsyncStream.makeStream(of: GatewayEvent.self)
        self.events = events
        var plan = ShardSet.Plan(intents: .conversationAndText)
        plan.compression = compression
        gateway = ShardSet(
            plan, token: token, loops: [GatewayLoop(sockets)], resolver: http, rest: rest, book: book, log: log,
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
        sockets.stop()
        await playground.stop()
    }

    /// Speaks as a person; returns the message's id.
    func say(_ text: String) async throws -> Snowflake {
        let body = try JSONSerialization.data(withJSONObject: ["author": "ann", "channel": "general", "content": text])
        let answer = try await post("lab/messages", body)
        let message = try #require(try JSONSerialization.jsonObject(with: Data(answer)) as? [String: Any])
        return try #require((message["id"] as? String).flatMap { Snowflake($0) })
    }

    func fault(_ name: String) async throws {
        _ = try await post("lab/faults", JSONSerialization.data(withJSONObject: ["fault": name]))
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
