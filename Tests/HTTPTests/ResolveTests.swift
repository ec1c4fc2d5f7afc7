import HTTP
import TestServers
import Testing

@Suite("Resolving only", .timeLimit(.minutes(1)))
struct ResolveTests {
    let client = HTTPClient(userAgent: "test/1")

    @Test("gives the addresses and connects to none of them")
    func localhost() async throws {
        let listener = try LoopbackSocket()
        let resolution = try await client.resolve("localhost", port: listener.port)
        #expect(resolution.addresses.contains(NetworkAddress(family: .v4, host: "127.0.0.1", port: listener.port)))
        // The kernel completes connections to a listening socket by itself, so one would show.
        #expect(!listener.hasConnection)
    }

    @Test("a number is its own address", arguments: [("192.0.2.7", NetworkAddress.Family.v4), ("2001:db8::7", .v6)])
    func numbers(host: String, family: NetworkAddress.Family) async throws {
        let version = family == .v4 ? IPVersion.v4 : .v6
        let resolution = try await client.resolve(host, port: 5223, ipVersion: version)
        #expect(resolution.addresses == [NetworkAddress(family: family, host: host, port: 5223)])
    }

    @Test("a name that does not exist fails in the dns phase")
    func unresolvable() async {
        let error = await #expect(throws: HTTPError.self) { try await client.resolve("something.invalid") }
        #expect(error?.code == .couldNotResolve)
        #expect(error?.phase == .dns)
    }

    @Test("the redirections of the network count here too")
    func redirected() async throws {
        let redirection = Network.Redirection(host: "talk.example", toHost: "127.0.0.1", toPort: 9)
        let client = HTTPClient(network: Network(connectTo: [redirection]), userAgent: "test/1")
        let resolution = try await client.resolve("Talk.Example")
        #expect(resolution.addresses == [NetworkAddress(family: .v4, host: "127.0.0.1", port: 9)])
        #expect(resolution.isRedirected)
        #expect(try await client.resolve("localhost").isRedirected == false)
    }
}
