import FlyingSocks
import Foundation

/// Passes the bytes of one connection on to the host behind a front.
struct Passing: Sendable {
    let backend: UInt16
    let pool: any AsyncSocketPool
    let delay: Duration

    /// Runs until either side ends. Both descriptors are closed only when nobody waits for them any more: FlyingSocks' pool
    /// knows sockets by descriptor.
    func pass(_ client: AsyncSocket) async {
        defer {
            shutdown(client.socket.file.rawValue, Int32(SHUT_RDWR))
            try? client.close()
        }
        if delay > .zero, (try? await Task.sleep(for: delay)) == nil { return }
        guard let host = try? await connect() else { return }
        defer { try? host.close() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await Passing.pump(from: client, to: host) }
            group.addTask { await Passing.pump(from: host, to: client) }
            await group.next()
            group.cancelAll()
        }
    }

    private func connect() async throws -> AsyncSocket {
        let socket = try Socket(domain: AF_INET, type: .stream)
        do {
            let host = try AsyncSocket(socket: socket, pool: pool)
            try await host.connect(to: .inet(ip4: "127.0.0.1", port: backend))
            return host
        } catch {
            try? socket.close()
            throw error
        }
    }

    private static func pump(from source: AsyncSocket, to sink: AsyncSocket) async {
        while let bytes = try? await source.read(atMost: 4_096), !bytes.isEmpty {
            guard (try? await sink.write(Data(bytes))) != nil else { return }
        }
    }
}
