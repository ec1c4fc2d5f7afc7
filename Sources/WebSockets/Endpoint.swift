/// A request that was checked: where to dial and what to say there.
struct Endpoint: Hashable, Sendable {
    let url: WebSocketURL
    /// A numeric address, never a name.
    let address: String
    let port: UInt16
    /// The header lines to add, each with its line end.
    let headerLines: [UInt8]

    /// Where people look when the connection fails.
    var place: String { "\(address) port \(port)" }

    init(_ request: WebSocketRequest) throws(WebSocketError) {
        url = try WebSocketURL(request.url)
        address = request.address ?? url.host
        port = request.port ?? url.port
        guard port > 0, NumericAddress.isIPv4(address) || NumericAddress.isIPv6(address) else {
            throw WebSocketError(.invalidRequest, "the host must be resolved first: a numeric address is needed to dial")
        }
        headerLines = try Endpoint.lines(request.headers)
    }

    /// What the handshake itself says.
    private static let reserved: Set<String> = [
        "host", "connection", "upgrade", "origin", "sec-websocket-key", "sec-websocket-version", "sec-websocket-protocol",
        "sec-websocket-extensions", "content-length", "transfer-encoding",
    ]

    private static func lines(_ headers: [(String, String)]) throws(WebSocketError) -> [UInt8] {
        var lines: [UInt8] = []
        for (name, value) in headers {
            guard isToken(name), !reserved.contains(name.lowercased()) else {
                throw WebSocketError(.invalidRequest, "a header has a name that cannot be used")
            }
            guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
                throw WebSocketError(.invalidRequest, "the header \(name) has a value with characters outside of printable ASCII")
            }
            lines += "\(name): \(value)\r\n".utf8
        }
        guard lines.count <= 8_192 else { throw WebSocketError(.invalidRequest, "the headers are longer than 8192 bytes") }
        return lines
    }

    /// RFC 9110, section 5.6.2.
    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }
}
