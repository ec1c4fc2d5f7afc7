import HTTP
import TestServers
import Testing

@Suite("Pinned requests", .timeLimit(.minutes(1)))
struct PinTests {
    @Test("go to their address, whatever the name resolves to and wherever the network redirects it")
    func pinned() async throws {
        let server = try ScriptedServer { _ in .answer(204) }
        let elsewhere = try LoopbackSocket()
        let network = Network(connectTo: [
            Network.Redirection(host: "moved.example", toHost: "127.0.0.1", toPort: elsewhere.port),
            Network.Redirection(host: "", toHost: "127.0.0.1", toPort: elsewhere.port),
        ])
        let client = HTTPClient(network: network, userAgent: "test/1")
        for host in ["moved.example", "something.invalid", "localhost", "127.0.0.1:\(elsewhere.port)"] {
            var request = HTTPRequest(.get, "http://\(host)/")
            request.wantsFreshConnection = true
            request.pin = NetworkAddress(family: .v4, host: "127.0.0.1", port: server.port)
            #expect(try await client.perform(request).status == 204)
            #expect(server.requests.last?.fields.contains("Host: \(host)") == true)
        }
        #expect(!elsewhere.hasConnection)
    }

    @Test("are made nowhere when their address is not one")
    func unreadable() async throws {
        let listener = try LoopbackSocket()
        // Each is read by the system as another notation of 127.0.0.1, or by libcurl as no address at all.
        for host in ["127.1", "0x7f.0.0.1", "localhost", ""] {
            var request = HTTPRequest(.get, "http://127.0.0.1:\(listener.port)/")
            request.wantsFreshConnection = true
            request.pin = NetworkAddress(family: .v4, host: host, port: listener.port)
            let error = await #expect(throws: HTTPError.self) { try await HTTPClient(userAgent: "test/1").perform(request) }
            #expect(error?.code.isOurs == true)
        }
        #expect(!listener.hasConnection)
    }
}
