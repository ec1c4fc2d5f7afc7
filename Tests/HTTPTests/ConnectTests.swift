import HTTP
import TestServers
import Testing

@Suite("Connecting only", .timeLimit(.minutes(1)))
struct ConnectTests {
    let server: WebServer
    let client: HTTPClient

    init() throws {
        server = try WebServer.shared.get()
        client = server.client()
    }

    @Test("TCP: the phases up to the connection, and not a byte is sent")
    func tcp() async throws {
        let canned = try CannedServer(answer: "HTTP/1.1 204 No Content\r\n\r\n")
        let report = await client.connect(to: "127.0.0.1", port: canned.port, tls: false)
        #expect(report.failure == nil)
        #expect(report.address == "127.0.0.1")
        #expect(report.phases.connect != nil && report.phases.tls == nil)
        #expect(report.certificates.isEmpty)
        // Connections are served one after the other: when this request is answered, the first one is complete.
        _ = try await client.perform(HTTPRequest(.get, "http://127.0.0.1:\(canned.port)/"))
        #expect(canned.requests.count == 2)
        #expect(canned.requests.first == "")
    }

    @Test("TLS: the certificate comes with the phases")
    func tls() async throws {
        let report = await client.connect(to: "secure.example", port: 5223, tls: true)
        #expect(report.failure == nil)
        #expect(report.phases.tls != nil)
        let certificate = try #require(report.certificates.first)
        #expect(certificate.subjectName == "secure.example")
        #expect(certificate.issuerName == "isitdown local authority")
        let validity = try #require(certificate.expires) - (try #require(certificate.validFrom))
        #expect(validity == 7 * 86_400)
    }

    @Test(
        "TLS: a certificate that does not fit is rejected, and the error says why",
        arguments: [
            ("expired.example", "expired"), ("stranger.example", "unable to get local issuer certificate"),
            ("wrong.example", "no alternative certificate subject name matches"),
        ]
    )
    func rejected(host: String, reason: String) async {
        let report = await client.connect(to: host, port: 443, tls: true)
        #expect(report.failure?.code == .certificateRejected)
        #expect(report.failure?.phase == .tls)
        #expect(report.failure?.message.contains(reason) == true)
        #expect(report.phases.connect != nil && report.phases.tls == nil)
    }

    @Test("TLS: a server that does not speak it")
    func noTLS() async throws {
        let canned = try CannedServer(.nothing, answer: "220 mail.example ESMTP\r\n")
        let report = await client.connect(to: "127.0.0.1", port: canned.port, tls: true)
        #expect(report.failure?.code == .tlsFailed)
        #expect(report.failure?.phase == .tls)
    }

    @Test("the system's authorities are not trusted beside one of our own, nor ours beside theirs")
    func otherAuthority() async {
        let system = HTTPClient(network: Network(connectTo: server.network.connectTo), userAgent: "test/1")
        #expect(await system.connect(to: "secure.example", port: 443, tls: true).failure?.code == .certificateRejected)
        let missing = Network(connectTo: server.network.connectTo, certificateAuthority: "/nonexistent.pem")
        let blind = HTTPClient(network: missing, userAgent: "test/1")
        #expect(await blind.connect(to: "secure.example", port: 443, tls: true).failure?.code == .unreadableAuthority)
    }

    @Test("a port that refuses fails in the connect phase")
    func refused() async throws {
        let refusing = try LoopbackSocket(isListening: false)
        let report = await client.connect(to: "127.0.0.1", port: refusing.port, tls: false)
        #expect(report.failure?.code == .couldNotConnect)
        #expect(report.failure?.phase == .connect)
        #expect(report.address == "127.0.0.1")
        #expect(report.phases.dns != nil && report.phases.connect == nil)
    }

    @Test("a name that does not exist fails in the dns phase")
    func unresolvable() async {
        let report = await client.connect(to: "something.invalid", port: 443, tls: true)
        #expect(report.failure?.code == .couldNotResolve)
        #expect(report.failure?.phase == .dns)
        #expect(report.address == nil)
        #expect(report.phases.dns == nil)
    }
}
