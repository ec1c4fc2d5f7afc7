import Foundation
import Playground
import Status
import Testing

/// Other people's programs against a playground of their own each.
@Suite("Clients of the playground")
struct ClientTests {
    static let kik = Service(
        id: "kik", name: "Kik",
        components: [
            Component(
                id: "messages", name: "message servers", weight: 1,
                checks: [Check(id: "android", anyOf: [Target(kind: .tls, host: "talk1600an.kik.com", port: 443)])])
        ])
    static let canaries = [Target(kind: .https, host: "canary.example", port: 443, path: "/")]

    @Test(
        "the server holds clients to Discord's protocol",
        arguments: [
            "gateway_closes", "gateway_sessions", "gateway_compression", "gateway_faults", "gateway_transport_faults",
            "fault_occasions", "rest", "rest_faults", "interactions", "violations", "garbage",
        ])
    func protocolClient(script: String) async throws {
        try await withPlayground { endpoints in
            let outcome = try await runClient(script, endpoints)
            #expect(outcome.status == 0, "\(outcome.output)")
        }
    }

    @Test("a socket without heartbeats is closed with 4009")
    func heartbeats() async throws {
        try await withPlayground(discord: .hasty { $0.heartbeatInterval = .seconds(1) }) { endpoints in
            let outcome = try await runClient("heartbeats", endpoints)
            #expect(outcome.status == 0, "\(outcome.output)")
        }
    }

    @Test("shards have guilds of their own, and what a bot may start is counted")
    func sharding() async throws {
        let settings = Playground.DiscordSettings.hasty {
            $0.shards = 4
            $0.requiredShards = 4
            $0.maxConcurrency = 2
            $0.identifyPause = .seconds(5)
            $0.identifies = 12
            $0.guilds = 6
        }
        try await withPlayground(discord: settings) { endpoints in
            let outcome = try await runClient("sharding", endpoints)
            #expect(outcome.status == 0, "\(outcome.output)")
        }
    }

    @Test("the gateway's address may be asked for as often as Discord allows it")
    func gatewayLimit() async throws {
        try await withPlayground(discord: Playground.DiscordSettings()) { endpoints in
            let outcome = try await runClient("gateway_limit", endpoints)
            #expect(outcome.status == 0, "\(outcome.output)")
        }
    }

    @Test("message content is there for those who may have it")
    func intents() async throws {
        try await withPlayground(discord: .hasty { $0.grantsMessageContent = false }) { endpoints in
            let outcome = try await runClient("intents", endpoints)
            #expect(outcome.status == 0, "\(outcome.output)")
        }
    }

    @Test("too many invalid requests lead to the ban")
    func ban() async throws {
        try await withPlayground(discord: .hasty { $0.invalidRequestLimit = 5 }) { endpoints in
            let outcome = try await runClient("ban", endpoints)
            #expect(outcome.status == 0, "\(outcome.output)")
        }
    }

    @Test("a thousand questions and two hundred losses lose nothing and double nothing")
    func burst() async throws {
        try await withPlayground(discord: .hasty { $0.routeLimit = 1_000_000 }) { endpoints in
            let outcome = try await runClient("burst", endpoints)
            #expect(outcome.status == 0, "\(outcome.output)")
        }
    }

    @Test("people use the page in a browser")
    func browser() async throws {
        let pictures = ProcessInfo.processInfo.environment["ISITDOWN_SCREENSHOTS"] ?? ".build/screenshots"
        try await withPlayground(services: [ClientTests.kik], canaries: ClientTests.canaries) { endpoints in
            let outcome = try await runClient("browser", endpoints, pictures)
            #expect(outcome.status == 0, "\(outcome.output)")
        }
    }

    @Test("a port in use is named, with the way to choose another")
    func portInUse() async throws {
        try await withPlayground { endpoints in
            let second = Playground(services: [], canaries: [], port: endpoints.port)
            await #expect(throws: PlaygroundError.portInUse(endpoints.port)) { try await second.start() }
            let text = PlaygroundError.portInUse(endpoints.port).description
            #expect(text.contains("port \(endpoints.port) is in use") && text.contains("--port"))
        }
    }
}
