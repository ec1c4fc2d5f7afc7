import Discord
import Testing

@Suite("gateway addresses")
struct GatewayAddressTests {
    @Test(
        "become the URL to open, whatever the base looks like",
        arguments: [
            ("wss://g.example", "wss://g.example/?v=10&encoding=json"),
            ("wss://g.example/", "wss://g.example/?v=10&encoding=json"),
            ("WSS://g.example:443", "wss://g.example:443/?v=10&encoding=json"),
            ("wss://g.example/a/b", "wss://g.example/a/b?v=10&encoding=json"),
            ("wss://g.example?x=1", "wss://g.example/?x=1&v=10&encoding=json"),
            ("wss://g.example/?v=9&encoding=etf&compress=zlib-stream&x=1#f", "wss://g.example/?x=1&v=10&encoding=json"),
            ("ws://127.0.0.1:8787/gateway", "ws://127.0.0.1:8787/gateway?v=10&encoding=json"),
            ("ws://[::1]:8787", "ws://[::1]:8787/?v=10&encoding=json"),
        ])
    func url(base: String, url: String) {
        #expect(GatewayAddress(base)?.connectionURL(.none) == url)
    }

    @Test(
        "are refused when they are no websocket's",
        arguments: [
            "", "wss:", "wss://", "wss:///x", "https://g.example", "g.example", "file:///etc/passwd", "wss://u:p@g.example",
            "wss://g.example:0", "wss://g.example:65536", "wss://g.example:", "wss://g.example:x", "wss://g example",
            "wss://g.example/\r\nHost: x", "wss://g.example/ä", "wss://[::1", "wss://[]", "wss://[::1]x", "wss://g\\.example",
            "wss://?x", "javascript:wss://x",
        ])
    func refused(text: String) {
        #expect(GatewayAddress(text) == nil)
    }
}
