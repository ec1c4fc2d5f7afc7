import FlyingFox
import FlyingSocks
import Foundation

/// The HTTP server on 127.0.0.1.
struct PlaygroundServer: Sendable {
    private let server: HTTPServer
    private let running: Task<Void, Never>
    /// Longer than any fault delays an answer.
    private static let patience = 120.0
    /// The port that it listens on.
    let port: Int

    /// Starts to listen.
    ///
    /// - Parameter port: zero for one that the kernel chooses.
    init(port: Int, handler: PlaygroundHandler) async throws(PlaygroundError) {
        guard let number = UInt16(exactly: port) else { throw .badPort(port) }
        do {
            let server = HTTPServer(
                address: try .inet(ip4: "127.0.0.1", port: number), timeout: PlaygroundServer.patience,
                pool: EpollPool(), logger: .disabled,
                handler: handler)
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
            self.port = await PlaygroundServer.port(of: server) ?? port
        } catch SocketError.failed(_, let number, _) where number == EADDRINUSE {
            throw .portInUse(port)
        } catch {
            throw .cannotListen(port, reason: error.localizedDescription)
        }
    }

    private static func port(of server: HTTPServer) async -> Int? {
        guard case .ip4(_, let port)? = await server.listeningAddress else { return nil }
        return Int(port)
    }

    func stop() async {
        await server.stop()
        running.cancel()
        await running.value
    }
}
