import FlyingSocks
import Foundation

/// What the bot connects to in place of one (host, port): a listener that is open or closed, and passes bytes on, at once or late.
///
/// A second socket that is bound and never listens keeps the port, so that a host which comes back is where it was.
actor Front {
    /// Connections at once; more wait until one ends.
    static let bound = 64

    nonisolated let port: Int
    private let reservation: Socket
    private let pool: any AsyncSocketPool
    private let slowness: Duration
    private let backend: LabBackend.Ports
    private var listening: Task<Void, Never>?

    init(backend: LabBackend.Ports, pool: any AsyncSocketPool, slowness: Duration) throws {
        self.backend = backend
        self.pool = pool
        self.slowness = slowness
        reservation = try Front.bound(to: 0)
        guard case .ip4(_, let port) = try reservation.sockname() else { throw SocketError.unsupportedAddress }
        self.port = Int(port)
    }

    private static func bound(to port: UInt16) throws -> Socket {
        let socket = try Socket(domain: AF_INET, type: .stream)
        try socket.setValue(true, for: .localAddressReuse)
        try socket.bind(to: .inet(ip4: "127.0.0.1", port: port))
        return socket
    }

    /// Takes a state; connections of the old one end first. One change at a time: the lab sees to that.
    func set(_ state: LabState) async throws {
        await close()
        guard state != .down, let number = UInt16(exactly: port) else { return }
        let socket = try Front.bound(to: number)
        try socket.listen()
        let listener = try AsyncSocket(socket: socket, pool: pool)
        let passing = Passing(
            backend: UInt16(clamping: state == .blocked ? backend.blocking : backend.answering), pool: pool,
            delay: state == .slow ? slowness : .zero)
        listening = Task {
            await Front.accept(on: listener, passing)
            // Refuses from here on even if a child process that is just being made still has the descriptor.
            shutdown(socket.file.rawValue, Int32(SHUT_RDWR))
            try? listener.close()
        }
    }

    /// Refuses connections from now on.
    private func close() async {
        listening?.cancel()
        await listening?.value
        listening = nil
    }

    func stop() async {
        await close()
        try? reservation.close()
    }

    private static func accept(on listener: AsyncSocket, _ passing: Passing) async {
        await withTaskGroup(of: Void.self) { group in
            var open = 0
            while !Task.isCancelled {
                guard let client = try? await listener.accept() else {
                    // Out of descriptors, say: a door that stays open tries again.
                    try? await Task.sleep(for: .milliseconds(50))
                    continue
                }
                if open >= bound {
                    await group.next()
                    open -= 1
                }
                open += 1
                group.addTask { await passing.pass(client) }
            }
            group.cancelAll()
        }
    }
}
