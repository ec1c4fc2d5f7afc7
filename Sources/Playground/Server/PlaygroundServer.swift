import LocalWeb

/// The HTTP server on 127.0.0.1.
struct PlaygroundServer: Sendable {
    private let server: LocalServer
    /// Longer than any fault delays an answer.
    private static let patience = 120.0

    /// The port that it listens on.
    var port: Int { server.port }

    /// Starts to listen.
    ///
    /// - Parameter port: zero for one that the kernel chooses.
    init(port: Int, handler: PlaygroundHandler) async throws(PlaygroundError) {
        guard UInt16(exactly: port) != nil else { throw .badPort(port) }
        do throws(LocalServer.Failure) {
            server = try await LocalServer(at: ListenAddress(port: port), patience: Self.patience, handler: handler)
        } catch {
            switch error {
            case .portInUse: throw .portInUse(port)
            case .cannotListen(let reason): throw .cannotListen(port, reason: reason)
            }
        }
    }

    func stop() async {
        await server.stop()
    }
}
