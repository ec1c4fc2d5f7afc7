public import FlyingFox
import FlyingSocks
import Foundation

/// An HTTP server for this machine.
public struct LocalServer: Sendable {
    /// Why it does not listen.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case portInUse
        case cannotListen(reason: String)

        public var description: String {
            switch self {
            case .portInUse: "the port is in use"
            case .cannotListen(let reason): "cannot listen: \(reason)"
            }
        }
    }

    private let server: HTTPServer
    private let running: Task<Void, Never>
    /// The port that it listens on.
    public let port: Int

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - address: port zero for one that the kernel chooses.
    ///   - patience: in seconds, how long a request may take.
    public init(at address: ListenAddress, patience: Double, handler: some HTTPHandler) async throws(Failure) {
        do {
            let server = try Self.server(at: address, patience: patience, handler: handler)
            let (outcome, first) = AsyncThrowingStream.makeStream(of: Void.self)
            running = Task {
                do {
                    try await server.run()
                } catch {
                    first.finish(throwing: error)
                }
            }
            let listening = Task {
                try await server.waitUntilListening()
                first.yield()
            }
            defer { listening.cancel() }
            // Whichever is first: it listens, or it could not.
            for try await _ in outcome { break }
            self.server = server
            self.port = await Self.port(of: server) ?? address.port
        } catch SocketError.failed(_, let number, _) where number == EADDRINUSE {
            throw .portInUse
        } catch {
            throw .cannotListen(reason: error.localizedDescription)
        }
    }

    private static func server(at address: ListenAddress, patience: Double, handler: some HTTPHandler) throws -> HTTPServer {
        guard let port = UInt16(exactly: address.port) else { throw Failure.cannotListen(reason: "\(address.port) is no port") }
        if address.host.contains(":") {
            return HTTPServer(
                address: try .inet6(ip6: address.host, port: port), timeout: patience, pool: EpollPool(), logger: .disabled,
                handler: handler)
        }
        return HTTPServer(
            address: try .inet(ip4: address.host, port: port), timeout: patience, pool: EpollPool(), logger: .disabled,
            handler: handler)
    }

    private static func port(of server: HTTPServer) async -> Int? {
        switch await server.listeningAddress {
        case .ip4(_, let port), .ip6(_, let port): Int(port)
        default: nil
        }
    }

    public func stop() async {
        await server.stop()
        running.cancel()
        await running.value
    }
}
