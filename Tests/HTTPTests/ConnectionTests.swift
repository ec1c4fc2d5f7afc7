import HTTP
import TestServers
import Testing

@Suite("Connections", .timeLimit(.minutes(1)))
struct ConnectionTests {
    let server: WebServer
    let client: HTTPClient

    init() throws {
        server = try WebServer.shared.get()
        client = server.client()
    }

    @Test("are used again, and then have no phases of their own", arguments: ["http://plain.example", "https://secure.example"])
    func reuse(_ origin: String) async throws {
        let request = HTTPRequest(.get, "\(origin)/connection")
        let first = try await client.perform(request)
        let second = try await client.perform(request)
        #expect(!first.reusedConnection)
        #expect(second.reusedConnection)
        #expect(second.text == first.text)
        #expect(second.phases.connect == nil && second.phases.tls == nil && second.phases.firstByte != nil)
        #expect(second.address == "127.0.0.1")
    }

    @Test("are made anew when asked for")
    func fresh() async throws {
        var request = HTTPRequest(.get, "https://secure.example/connection")
        let first = try await client.perform(request)
        request.wantsFreshConnection = true
        request.capturesCertificates = true
        let second = try await client.perform(request)
        #expect(!second.reusedConnection)
        #expect(second.text != first.text)
        #expect(second.certificates.first?.subjectName == "secure.example")
        request.wantsFreshConnection = false
        #expect(try await client.perform(request).text == first.text)
    }

    @Test("phases are measured one after the other and fit into the whole")
    func phases() async throws {
        let response = try await client.perform(HTTPRequest(.get, "https://secure.example/echo"))
        let steps = [response.phases.dns, response.phases.connect, response.phases.tls, response.phases.firstByte]
        #expect(!steps.contains(nil))
        #expect(steps.compactMap(\.self).reduce(.zero, +) <= response.phases.total)
        #expect(try await client.perform(HTTPRequest(.get, "http://plain.example/echo")).phases.tls == nil)
    }

    @Test("one HTTP/2 connection carries many requests at once")
    func multiplexing() async throws {
        let connections = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 {
                group.addTask { try await client.perform(HTTPRequest(.get, "https://secure.example/connection")).text }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(connections.count == 1)
    }

    @Test("never outnumber their limit for one host, and every request still gets its turn")
    func limitPerHost() async throws {
        let client = server.client(maxConnectionsPerHost: 2)
        let connections = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 {
                group.addTask { try await client.perform(HTTPRequest(.get, "http://plain.example/connection")).text }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect((1...2).contains(connections.count))
    }

    @Test("HTTP/2 is used over TLS unless it is forbidden")
    func versions() async throws {
        var request = HTTPRequest(.get, "https://secure.example/protocol")
        #expect(try await client.perform(request).text == "HTTP/2.0")
        request.allowsHTTP2 = false
        request.wantsFreshConnection = true
        let response = try await client.perform(request)
        #expect(response.text == "HTTP/1.1")
        #expect(response.version == .http1_1)
    }

    @Test("no address is dialled that the request does not admit")
    func admission() async throws {
        let listener = try LoopbackSocket()
        var request = HTTPRequest(.get, "http://127.0.0.1:\(listener.port)/")
        request.wantsFreshConnection = true
        request.admits = { $0 != NetworkAddress(family: .v4, host: "127.0.0.1", port: listener.port) }
        #expect(await client.failure(of: request)?.code == .addressRefused)
        #expect(!listener.hasConnection)
    }
}
