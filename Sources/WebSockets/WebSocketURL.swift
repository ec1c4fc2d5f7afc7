/// The parts of a `ws` or `wss` URL (RFC 6455, section 3).
public struct WebSocketURL: Hashable, Sendable {
    /// Whether the scheme is `wss`.
    public let isSecure: Bool
    /// The host in lower case, an IPv6 address without its brackets.
    public let host: String
    public let port: UInt16
    /// Path and query, as they stand in the request line.
    public let target: String
    /// Whether the host stood in brackets.
    public let isBracketed: Bool

    /// What the `Host` header says: the port only where it is not the scheme's own.
    public var authority: String {
        let name = isBracketed ? "[\(host)]" : host
        return port == WebSocketURL.port(isSecure: isSecure) ? name : "\(name):\(port)"
    }

    /// Takes a URL apart, or says what is wrong with it.
    public init(_ text: String) throws(WebSocketError) {
        guard text.utf8.count <= WebSocketURL.longest, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw WebSocketURL.invalid("is longer than \(WebSocketURL.longest) bytes or has characters that need escaping")
        }
        let (scheme, afterScheme) = try WebSocketURL.scheme(of: text)
        isSecure = scheme
        let end = afterScheme.firstIndex { "/?#".contains($0) } ?? afterScheme.endIndex
        let rest = afterScheme[end...]
        guard !rest.contains("#") else { throw WebSocketURL.invalid("has a fragment, which websocket URLs cannot have") }
        target = rest.hasPrefix("/") ? String(rest) : "/\(rest)"

        let authority = afterScheme[..<end]
        guard !authority.contains("@") else { throw WebSocketURL.invalid("has a user name in it") }
        let digits: Substring?
        (host, isBracketed, digits) = try WebSocketURL.hostAndPort(authority)
        if let digits, !digits.isEmpty {
            guard digits.allSatisfy(\.isWholeNumber), let number = UInt16(digits), number > 0 else {
                throw WebSocketURL.invalid("has a port that is not a number from 1 to 65535")
            }
            port = number
        } else {
            port = WebSocketURL.port(isSecure: isSecure)
        }
        // libwebsockets writes the line into 128 bytes and cuts off what is longer.
        guard self.authority.utf8.count <= 118 else { throw WebSocketURL.invalid("has a host of more than 118 bytes") }
    }

    /// libwebsockets writes the request line into 2048 bytes and cuts off what is longer.
    private static let longest = 2_000

    private static func port(isSecure: Bool) -> UInt16 { isSecure ? 443 : 80 }

    private static func scheme(of text: String) throws(WebSocketError) -> (isSecure: Bool, rest: Substring) {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else {
            throw invalid("does not start with ws:// or wss://")
        }
        let rest = text[colon...].dropFirst(3)
        switch text[..<colon].lowercased() {
        case "ws": return (false, rest)
        case "wss": return (true, rest)
        default: throw invalid("does not start with ws:// or wss://")
        }
    }

    private static func hostAndPort(_ authority: Substring) throws(WebSocketError) -> (String, Bool, Substring?) {
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { throw invalid("has an address without its closing bracket") }
            let host = String(authority[authority.index(after: authority.startIndex)..<bracket])
            let after = authority[authority.index(after: bracket)...]
            guard NumericAddress.isIPv6(host), after.isEmpty || after.hasPrefix(":") else {
                throw invalid("has something other than an IPv6 address in brackets")
            }
            return (host.lowercased(), true, after.isEmpty ? nil : after.dropFirst())
        }
        let colon = authority.firstIndex(of: ":")
        let host = authority[..<(colon ?? authority.endIndex)].lowercased()
        let isName = host.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
        }
        guard !host.isEmpty, isName else { throw invalid("has no usable host; names outside of ASCII go in as punycode") }
        return (host, false, colon.map { authority[authority.index(after: $0)...] })
    }

    private static func invalid(_ what: String) -> WebSocketError {
        WebSocketError(.invalidRequest, "the websocket URL \(what)")
    }
}
