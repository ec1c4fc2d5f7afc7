import Glibc

/// A TCP socket on a port of 127.0.0.1.
public final class LoopbackSocket: Sendable {
    public struct Failure: Error {
        public let call: String
        public let number: Int32
    }

    public let port: Int
    let descriptor: Int32

    /// - Parameters:
    ///   - isListening: connections to a socket that does not listen are refused for as long as it lives. One that listens completes
    ///     connections in the kernel and, unless somebody accepts, never says a word.
    ///   - port: zero lets the kernel pick one.
    public init(isListening: Bool = true, port: UInt16 = 0) throws {
        func checked(_ call: String, _ result: Int32) throws -> Int32 {
            guard result >= 0 else { throw Failure(call: call, number: errno) }
            return result
        }
        let descriptor = try checked("socket", socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        do {
            try withUnsafeMutablePointer(to: &address) { pointer in
                try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                    _ = try checked("bind", bind(descriptor, generic, length))
                    _ = try checked("getsockname", getsockname(descriptor, generic, &length))
                }
            }
            if isListening { _ = try checked("listen", listen(descriptor, 128)) }
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit {
        // Wakes a thread that is accepting.
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    /// Whether somebody has connected and was not accepted yet.
    public var hasConnection: Bool { isReadable(within: 0) }

    /// Waits until somebody has connected, on a thread of its own.
    ///
    /// - Returns: false when nobody came for half a minute.
    public func awaitConnection() async -> Bool {
        await withCheckedContinuation { continuation in
            onThread { continuation.resume(returning: self.isReadable(within: 30_000)) }
        }
    }

    private func isReadable(within milliseconds: Int32) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, milliseconds) > 0
    }
}
