/// A websocket URL that a gateway connection may be opened to. Only `ws` and `wss` are accepted.
public struct GatewayAddress: Hashable, Sendable {
    public let isSecure: Bool
    /// Host and, where given, port.
    public let authority: String
    /// Begins with a slash.
    public let path: String
    /// Without the question mark; empty for none.
    public let query: String

    /// Reads a base such as `wss://gateway.discord.gg`, with or without slash, path and query. Nil for other schemes, for
    /// user names, and for characters that have no place in a URL.
    public init?(_ text: String) {
        guard text.utf8.count <= 2_048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !#""<>\^`{|}"#.utf8.contains($0) }),
            let scheme = text.firstRange(of: "://")
        else { return nil }
        switch text[..<scheme.lowerBound].lowercased() {
        case "wss": isSecure = true
        case "ws": isSecure = false
        default: return nil
        }
        let rest = text[scheme.upperBound...].prefix { $0 != "#" }
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        guard Self.isAuthority(host) else { return nil }
        let parts = rest[host.endIndex...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        authority = String(host)
        path = parts.first.flatMap { $0.isEmpty ? nil : String($0) } ?? "/"
        query = parts.count > 1 ? String(parts[1]) : ""
    }

    /// The URL to open: the base's own query stays, what it says of version, encoding and compression is ours to say.
    public func connectionURL(_ compression: TransportCompression) -> String {
        let ours: Set<Substring> = ["v", "encoding", "compress"]
        let kept = query.split(separator: "&").filter { item in
            !ours.contains(item.prefix { $0 != "=" })
        }
        let packed = compression == .none ? [] : ["compress=\(compression.rawValue)"]
        let items = kept.map(String.init) + ["v=10", "encoding=json"] + packed
        return "\(isSecure ? "wss" : "ws")://\(authority)\(path)?\(items.joined(separator: "&"))"
    }

    private static func isAuthority(_ text: Substring) -> Bool {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return false }
            let address = text[..<end].dropFirst()
            return !address.isEmpty && address.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
                && isPort(text[end...].dropFirst())
        }
        let host = text.prefix { $0 != ":" }
        return !host.isEmpty && host.allSatisfy { $0.isLetter || $0.isNumber || "-._".contains($0) }
            && isPort(text[host.endIndex...])
    }

    private static func isPort(_ text: Substring) -> Bool {
        guard !text.isEmpty else { return true }
        let digits = text.dropFirst()
        return text.first == ":" && digits.allSatisfy(\.isNumber) && UInt16(digits).map { $0 > 0 } ?? false
    }
}
