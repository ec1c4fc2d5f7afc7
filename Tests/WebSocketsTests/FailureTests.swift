import Testing
import WebSockets

@Suite("A websocket that does not open")
struct FailureTests {
    let server = Result { try Server.shared.get() }

    @Test("says the HTTP status", arguments: [401, 403, 404, 429, 500, 503])
    func refused(status: Int) async throws {
        let failure = try await Visit("/refuse?\(status)").failure()
        #expect(
            failure
                == WebSocketError(.upgradeRefused(status: status), "the server answered the upgrade with HTTP \(status)")
        )
    }

    @Test("does not follow a redirection")
    func redirected() async throws {
        #expect(try await Visit("/redirect").failure()?.code == .upgradeRefused(status: 302))
    }

    @Test("reports a refused connection")
    func unreachable() async throws {
        // Nobody listens on port 1.
        let visit = await Visit(WebSocketRequest(url: "ws://127.0.0.1:1/"), on: try server.get().system)
        let events = await visit.rest()
        #expect(events == [.failed(WebSocketError(.unreachable, "no connection to 127.0.0.1 port 1: refused or unreachable"))])
    }

    @Test(
        "says what the handshake lacked",
        arguments: [
            ("/garbage", "problems parsing header"), ("/hang-up", "read failed"),
            ("/wrong-accept", "HS: Accept hash wrong"),
        ]
    )
    func handshake(path: String, cause: String) async throws {
        let server = try server.get()
        let visit = await Visit(server.request(path, at: "raw"), on: server.system)
        let place = "127.0.0.1 port \(server.port("raw"))"
        let events = await visit.rest()
        #expect(events == [.failed(WebSocketError(.handshake, "no websocket at \(place): \(cause)"))])
    }

    @Test(
        "gives up after the connect limit and says what was under way",
        arguments: [
            ("ws", "full", WebSocketError.Phase.tcp), ("wss", "mute", .tls), ("ws", "mute", .upgrade), ("ws", "raw", .upgrade),
        ]
    )
    func late(scheme: String, listener: String, phase: WebSocketError.Phase) async throws {
        let server = try server.get()
        var request = WebSocketRequest(url: "\(scheme)://127.0.0.1:\(server.port(listener))/never")
        request.limits.connect = .milliseconds(300)
        #expect(await Visit(request, on: server.system).failure()?.code == .timedOut(during: phase))
    }

    @Test(
        "says why the certificate was not accepted",
        arguments: [
            ("self-signed", "self-signed certificate", 18), ("other", "hostname mismatch", 62),
            ("expired", "certificate has expired", 10),
        ]
    )
    func certificate(listener: String, reason: String, number: Int) async throws {
        let server = try server.get()
        let sockets = listener == "self-signed" ? server.system : server.trusting
        let visit = await Visit(server.secureRequest("/echo", at: listener), on: sockets)
        let message = "the certificate for chat.test was not accepted: \(reason)"
        let events = await visit.rest()
        #expect(events == [.failed(WebSocketError(.certificate, message, number: number))])
    }

    @Test("does not accept an authority that the system does not know")
    func unknownAuthority() async throws {
        let server = try server.get()
        let visit = await Visit(server.secureRequest("/echo"), on: server.system)
        let message = "the certificate for chat.test was not accepted: unable to get local issuer certificate"
        let events = await visit.rest()
        #expect(events == [.failed(WebSocketError(.certificate, message, number: 20))])
    }

    @Test("does not accept a certificate for another address", arguments: [("127.0.0.1", "other"), ("[::1]", "other6")])
    func otherAddress(host: String, listener: String) async throws {
        let server = try server.get()
        let request = WebSocketRequest(url: "wss://\(host):\(server.port(listener))/echo")
        let failure = await Visit(request, on: server.trusting).failure()
        #expect(failure?.code == .certificate)
        #expect(failure?.number == 64)
        #expect(failure?.message.hasSuffix("not accepted: IP address mismatch") == true)
    }

    @Test("says what OpenSSL says of a server that does not speak TLS")
    func notTLS() async throws {
        let server = try server.get()
        let request = WebSocketRequest(url: "wss://127.0.0.1:\(server.port("no-tls"))/echo")
        let place = "127.0.0.1 port \(server.port("no-tls"))"
        let events = await Visit(request, on: server.trusting).rest()
        #expect(events == [.failed(WebSocketError(.tls, "no TLS with \(place): wrong version number"))])
    }

    @Test("when it was closed or aborted first", arguments: [false, true])
    func cancelled(isAbort: Bool) async throws {
        let visit = try await Visit("/never", at: "raw")
        if isAbort { await visit.client.abort() } else { await visit.client.close() }
        let events = await visit.rest()
        #expect(events == [.failed(WebSocketError(.cancelled, "the attempt to connect was given up"))])
    }

    @Test("refuses to send before it is open")
    func early() async throws {
        let visit = try await Visit("/never", at: "raw")
        let error = await #expect(throws: WebSocketError.self) { try await visit.client.send(text: "early") }
        #expect(error?.code == .notOpen)
        await visit.client.abort()
    }

    @Test("does not start with certificates that cannot be read")
    func noAuthority() {
        let error = #expect(throws: WebSocketError.self) { try WebSocketLoop(certificateAuthority: "no/such/file.pem") }
        #expect(error == WebSocketError(.tls, "the certificates to trust could not be read from no/such/file.pem"))
    }
}
