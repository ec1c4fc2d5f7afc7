/// One thing that a probe can dial, written as a URL: `tls://host:443`, `tcp://host:25`, `dns://host`, `https://host/path`.
public struct Target: Hashable, Sendable, CustomStringConvertible {
    /// How deep the probe goes: each kind passes through the phases of the kinds before it.
    public enum Kind: String, Sendable, CaseIterable {
        /// Resolve the name, connect to nothing.
        case dns
        /// Resolve and connect.
        case tcp
        /// Resolve, connect, and shake hands; the certificate must be valid for the host.
        case tls
        /// A GET in the clear.
        case http
        /// A GET over TLS.
        case https
        /// A websocket upgrade in the clear.
        case ws
        /// A websocket upgrade over TLS.
        case wss
    }

    /// How deep the probe goes.
    public let kind: Kind
    /// A host name or an address; an IPv6 address stands without its brackets.
    public let host: String
    /// 1 ... 65535; zero for `dns`, which dials nothing.
    public let port: Int
    /// With its leading slash and its query; empty for kinds without a path.
    public let path: String

    /// A target from its parts.
    public init(kind: Kind, host: String, port: Int, path: String = "") {
        self.kind = kind
        self.host = host
        self.port = port
        self.path = path
    }

    /// Why a text is no target, in words for the person who wrote it.
    public struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        /// The text as it was written.
        public let text: String
        /// What is wrong with it, a clause without full stop.
        public let problem: String

        public var description: String { "“\(text)” is no target: \(problem)" }
    }

    /// Reads a target from a URL.
    ///
    /// The port may be left out where the kind has a usual one (80 for http and ws, 443 for tls, https and wss).
    /// User information and fragments are refused: a probe has no use for either, and both are ways to disguise a host.
    public init(_ text: String) throws(Malformed) {
        func malformed(_ problem: String) -> Malformed { Malformed(text: text, problem: problem) }

        guard let separator = text.firstRange(of: "://") else {
            throw malformed("it needs a scheme, for example https://example.com or tls://example.com:443")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard let kind = Kind(rawValue: scheme) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw malformed("“\(scheme)” is not one of \(known)")
        }
        let rest = text[separator.upperBound...]
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        let (host, port) = try Target.split(authority: rest[..<authorityEnd], malformed: malformed)
        var path = String(rest[authorityEnd...])
        if path.contains("#") { throw malformed("a fragment (#…) is never sent to a server") }
        if path.contains(where: { $0.isWhitespace || $0.isNewline || !$0.isASCII }) {
            throw malformed("a path is ASCII without spaces")
        }

        switch kind {
        case .dns:
            guard port == nil, path.isEmpty || path == "/" else { throw malformed("dns takes a name alone, dns://example.com") }
            self.init(kind: kind, host: host, port: 0)
        case .tcp, .tls:
            guard path.isEmpty || path == "/" else { throw malformed("\(scheme) takes a host and a port, no path") }
            guard let port = port ?? (kind == .tls ? 443 : nil) else { throw malformed("tcp needs a port, tcp://\(host):25") }
            self.init(kind: kind, host: host, port: port)
        case .http, .https, .ws, .wss:
            if path.isEmpty { path = "/" } else if path.hasPrefix("?") { path = "/" + path }
            let usual = kind == .http || kind == .ws ? 80 : 443
            self.init(kind: kind, host: host, port: port ?? usual, path: path)
        }
    }

    private static func split(
        authority: Substring,
        malformed: (String) -> Malformed
    ) throws(Malformed) -> (host: String, port: Int?) {
        if authority.contains("@") { throw malformed("a user name before the host is not allowed") }
        let host: Substring
        var portText: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else {
                throw malformed("the bracket of the IPv6 address is not closed")
            }
            host = authority[authority.index(after: authority.startIndex)..<close]
            let after = authority[authority.index(after: close)...]
            if after.hasPrefix(":") {
                portText = after.dropFirst()
            } else if !after.isEmpty {
                throw malformed("after the IPv6 address only a port may follow")
            }
        } else if let colon = authority.lastIndex(of: ":") {
            host = authority[..<colon]
            portText = authority[authority.index(after: colon)...]
            if host.contains(":") { throw malformed("an IPv6 address stands in brackets, [::1]") }
        } else {
            host = authority
        }
        guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy(isHostByte) else {
            throw malformed("“\(host)” is no host name")
        }
        guard let portText else { return (host.lowercased(), nil) }
        guard let port = Int(portText), (1...65_535).contains(port) else {
            throw malformed("“\(portText)” is no port; ports are 1 to 65535")
        }
        return (host.lowercased(), port)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"):
            true
        default:
            false
        }
    }

    /// `host:port`, an IPv6 address in brackets; the host alone for `dns`.
    public var authority: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return kind == .dns ? host : "\(host):\(port)"
    }

    /// The target as the URL it is read from, the port always written out.
    public var description: String {
        "\(kind.rawValue)://\(authority)\(path)"
    }
}
