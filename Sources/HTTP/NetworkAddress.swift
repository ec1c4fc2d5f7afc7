import CCurl
import Glibc

/// A numeric address that a name led to.
public struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    public enum Family: String, Sendable {
        case v4, v6
    }

    public let family: Family
    /// The number alone, without brackets.
    public let host: String
    public let port: Int

    public init(family: Family, host: String, port: Int) {
        self.family = family
        self.host = host
        self.port = port
    }

    public var description: String {
        family == .v6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Reads the address that libcurl is about to dial; nil for a family that is neither IPv4 nor IPv6.
    init?(_ address: UnsafeMutablePointer<curl_sockaddr>) {
        switch address.pointee.family {
        case AF_INET: family = .v4
        case AF_INET6: family = .v6
        default: return nil
        }
        // The member is declared as the short `sockaddr` but is as long as `addrlen` says: read it where it lies.
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        let socketAddress = UnsafeRawPointer(address).advanced(by: offset).assumingMemoryBound(to: sockaddr.self)
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var service = [CChar](repeating: 0, count: Int(NI_MAXSERV))
        let status = getnameinfo(
            socketAddress, address.pointee.addrlen, &host, socklen_t(host.count), &service, socklen_t(service.count),
            NI_NUMERICHOST | NI_NUMERICSERV
        )
        guard status == 0 else { return nil }
        self.host = text(host)
        port = Int(text(service)) ?? 0
    }
}

private func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
