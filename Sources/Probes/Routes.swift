import Glibc

/// Which addresses the system would know how to reach.
enum Routes {
    /// Whether there is a route to public addresses of both families. Asks the kernel only: connecting a datagram socket sends nothing (udp(7)).
    static var haveBothFamilies: Bool { hasRoute(AF_INET) && hasRoute(AF_INET6) }

    private static func hasRoute(_ family: Int32) -> Bool {
        let descriptor = socket(family, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // Addresses of two of the root name servers, K and L: they will stay public.
        let port = in_port_t(53).bigEndian
        if family == AF_INET {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port
            inet_pton(AF_INET, "193.0.14.129", &address.sin_addr)
            return isReachable(&address, from: descriptor)
        }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port
        inet_pton(AF_INET6, "2001:7fd::1", &address.sin6_addr)
        return isReachable(&address, from: descriptor)
    }

    private static func isReachable<Address>(_ address: inout Address, from descriptor: Int32) -> Bool {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) == 0
            }
        }
    }
}
