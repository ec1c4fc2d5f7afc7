import Foundation

/// A port that takes connections, by the kernel's hand, and never says anything.
final class SilentListener: Sendable {
    let port: UInt16
    private let descriptor: Int32

    /// Nil when the system has no socket left.
    init?() {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutableBytes(of: &address) { bytes in
            guard let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            return bind(descriptor, address, length) == 0 && listen(descriptor, 128) == 0
                && getsockname(descriptor, address, &length) == 0
        }
        port = UInt16(bigEndian: address.sin_port)
        guard isListening else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }
}
