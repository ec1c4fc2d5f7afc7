import Testing

@testable import WebSockets

@Suite("What a request may say")
struct RequestTests {
    @Test(
        "takes URLs apart",
        arguments: [
            ("ws://chat.test", "chat.test", 80, "/", "chat.test"),
            ("wss://chat.test", "chat.test", 443, "/", "chat.test"),
            ("WSS://Chat.Test:443/a/b?c=d&e", "chat.test", 443, "/a/b?c=d&e", "chat.test"),
            ("wss://chat.test?v=10", "chat.test", 443, "/?v=10", "chat.test"),
            ("ws://chat.test:/", "chat.test", 80, "/", "chat.test"),
            ("ws://10.0.0.1:8080/x", "10.0.0.1", 8080, "/x", "10.0.0.1:8080"),
            ("ws://[::1]:65535/x?y:z@w", "::1", 65535, "/x?y:z@w", "[::1]:65535"),
            ("wss://[2001:DB8::1]", "2001:db8::1", 443, "/", "[2001:db8::1]"),
        ]
    )
    func url(text: String, host: String, port: UInt16, target: String, authority: String) throws {
        let url = try WebSocketURL(text)
        #expect([url.host, url.target, url.authority] == [host, target, authority])
        #expect(url.port == port)
        #expect(url.isSecure == text.lowercased().hasPrefix("wss"))
    }

    @Test(
        "refuses URLs that it cannot use",
        arguments: [
            "", "ws", "ws:", "ws://", "ws:///path", "http://chat.test", "//chat.test", "chat.test", "ws://chat.test#part",
            "ws://me@chat.test", "ws://chat test/", "ws://chat.test/a b", "ws://chat.test/\r\nX: y", "ws://chat.test/\u{0}",
            "ws://m\u{fc}nchen.test", "ws://chat.test:0", "ws://chat.test:65536", "ws://chat.test:+80", "ws://chat.test:8o",
            "ws://[::1", "ws://[chat.test]", "ws://[::1]x", "ws://[]", "ws://::1/", "ws://chat%2etest/",
            "ws://\(String(repeating: "a", count: 119))/", "ws://chat.test/\(String(repeating: "a", count: 2_000))",
        ]
    )
    func wrongURL(text: String) {
        let error = #expect(throws: WebSocketError.self) { try WebSocketURL(text) }
        #expect(error?.code == .invalidRequest)
    }

    @Test(
        "refuses headers that could break the request",
        arguments: [
            ("", "x"), ("Bad Name", "x"), ("Bad:", "x"), ("Host", "x"), ("upgrade", "x"), ("Sec-WebSocket-Key", "x"),
            ("X", "a\r\nY: b"), ("X", "a\nb"), ("X", "caf\u{e9}"), ("X", "\u{0}"), ("X", String(repeating: "a", count: 9_000)),
        ]
    )
    func wrongHeader(name: String, value: String) {
        let request = WebSocketRequest(url: "ws://127.0.0.1/", headers: [(name, value)])
        let error = #expect(throws: WebSocketError.self) { try Endpoint(request) }
        #expect(error?.code == .invalidRequest)
    }

    @Test(
        "refuses names to dial, since the library would stop every socket to resolve them", arguments: ["chat.test", "localhost"])
    func unresolved(host: String) {
        let error = #expect(throws: WebSocketError.self) { try Endpoint(WebSocketRequest(url: "wss://\(host)/")) }
        #expect(error?.message == "the host must be resolved first: a numeric address is needed to dial")
    }

    @Test("dials the address and port of the request, and keeps those of the URL for the server")
    func endpoint() throws {
        let request = WebSocketRequest(url: "wss://chat.test/", headers: [("A", "b")], address: "::1", port: 9)
        let endpoint = try Endpoint(request)
        #expect(endpoint.place == "::1 port 9")
        #expect(endpoint.url.authority == "chat.test")
        #expect(endpoint.headerLines == Array("A: b\r\n".utf8))
    }
}
