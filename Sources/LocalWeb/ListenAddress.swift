import Foundation

/// Where a server listens: an address of this machine and a port, as `127.0.0.1:9187` or `[::1]:9187`.
///
/// No names: what one leads to can change, and with it who can reach the server.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// Without brackets.
    public let host: String
    public let port: Int

    public init(host: String = "127.0.0.1", port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `address:port`; nil for names, and for what is no port.
    public init?(written text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
            return nil
        }
        let written = text[..<colon]
        let isBracketed = written.hasPrefix("[") && written.hasSuffix("]")
        let host = String(isBracketed ? written.dropFirst().dropLast() : written)
        guard isBracketed ? Self.isIPv6(host) : Self.isIPv4(host) else { return nil }
        self.init(host: host, port: Int(port))
    }

    /// Whether only this machine can reach it.
    public var isLoopback: Bool {
        host == "::1" || (host.hasPrefix("127.") && Self.isIPv4(host))
    }

    /// Where a program on this machine asks: an address that stands for all of them is none to dial.
    public var dialled: ListenAddress {
        switch host {
        case "0.0.0.0": ListenAddress(host: "127.0.0.1", port: port)
        case "::": ListenAddress(host: "::1", port: port)
        default: self
        }
    }

    public var description: String {
        "\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    static func isIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }

    static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }
}
