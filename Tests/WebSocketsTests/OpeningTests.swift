import Foundation
import Testing
import WebSockets

@Suite("Opening a websocket")
struct OpeningTests {
    let server = Result { try Server.shared.get() }

    @Test("says host, headers and nothing about extensions or an origin")
    func headers() async throws {
        let server = try server.get()
        var request = server.request("/headers")
        request.headers = [("User-Agent", "isitdown (test)"), ("X-Extra", "a: b")]
        let visit = await Visit(request, on: server.system)
        #expect(await visit.next() == .opened)
        let said = try #require(await visit.next()?.text)
        let expected: [String: String?] = [
            "host": "127.0.0.1:\(server.port("plain"))", "user-agent": "isitdown (test)", "x-extra": "a: b",
            "sec-websocket-extensions": nil, "origin": nil,
        ]
        #expect(try JSONDecoder().decode([String: String?].self, from: Data(said.utf8)) == expected)
    }

    @Test("asks for path and query as they stand", arguments: ["/target", "/target?v=10&encoding=json", "/target?"])
    func target(path: String) async throws {
        let visit = try await Visit(path)
        let events = await visit.next(2)
        #expect(events == [.opened, .said(path)])
    }

    @Test("over TLS: dials the address, names the host, and agrees on HTTP/1.1 though the server prefers HTTP/2")
    func secure() async throws {
        let server = try server.get()
        let visit = await Visit(server.secureRequest("/tls"), on: server.trusting)
        let events = await visit.next(2)
        #expect(events == [.opened, .said(#"{"alpn": "http/1.1", "version": "TLSv1.3"}"#)])
    }

    @Test("over TLS: leaves dialled address and port out of the host header")
    func secureHost() async throws {
        let server = try server.get()
        let visit = await Visit(server.secureRequest("/headers"), on: server.trusting)
        #expect(await visit.next() == .opened)
        #expect(await visit.next()?.text?.contains(#""host": "chat.test""#) == true)
    }

    @Test("by numeric address over TLS, checks the certificate for the address")
    func secureAddress() async throws {
        let server = try server.get()
        let request = WebSocketRequest(url: "wss://127.0.0.1:\(server.port("good"))/target")
        let events = await Visit(request, on: server.trusting).next(2)
        #expect(events == [.opened, .said("/target")])
    }

    @Test("by IPv6 address in brackets", arguments: [("ws", "plain6"), ("wss", "good6")])
    func bracketed(scheme: String, listener: String) async throws {
        let server = try server.get()
        let request = WebSocketRequest(url: "\(scheme)://[::1]:\(server.port(listener))/headers")
        let visit = await Visit(request, on: server.trusting)
        #expect(await visit.next() == .opened)
        #expect(await visit.next()?.text?.contains(#""host": "[::1]:\#(server.port(listener))""#) == true)
    }

    @Test("many sockets on one loop at once")
    func many() async throws {
        let server = try server.get()
        let echoed = await withTaskGroup(of: String?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let isSecure = number.isMultiple(of: 4)
                    var request = isSecure ? server.secureRequest("/echo") : server.request("/echo")
                    // The server is one thread on a machine that runs other tests too.
                    request.limits.connect = .seconds(120)
                    let visit = await Visit(request, on: server.trusting)
                    let opening = await visit.next()
                    guard opening == .opened else { return "\(number): \(String(describing: opening))" }
                    try? await visit.client.send(text: "\(number)")
                    return await visit.next()?.text
                }
            }
            return await group.reduce(into: Set<String>()) { texts, text in texts.insert(text ?? "nothing") }
        }
        #expect(echoed.symmetricDifference((0..<200).map(String.init)) == [])
    }
}
