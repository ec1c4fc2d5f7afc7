import HTTP
import Status

/// Asks for the upgrade to a websocket (RFC 6455, 4.1) and leaves when it is granted.
func probeWebSocket(_ order: ProbeOrder, _ http: HTTPClient) async -> ProbeResult {
    let target = order.target
    let url = "\(target.kind == .wss ? "https" : "http")://\(target.authority)\(target.path)"
    var request = HTTPRequest(.get, url, headers: upgradeHeaders, limits: order.limits)
    request.prepare(for: order)
    request.allowsHTTP2 = false
    request.expectsUpgrade = true
    do throws(HTTPError) {
        let response = try await http.perform(request)
        let isExpected = order.expects(response.status, otherwise: 101...101)
        var result = order.judged(response, isExpected: isExpected, in: .protocol)
        if response.status == 101, response.headers["sec-websocket-accept"] != expectedAccept {
            result.outcome = .failed
            result.phase = .protocol
            result.detail = "the upgrade was not answered by a websocket server"
        }
        return result
    } catch {
        return order.failed(error)
    }
}

private let upgradeHeaders: [(name: String, value: String)] = [
    ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"),
    // The key of RFC 6455, 1.3, with the answer that the standard works out for it. A key need not be secret, and no two probes
    // share a connection.
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
]

private let expectedAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
