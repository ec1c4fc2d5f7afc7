import FlyingSocks
import Foundation

/// FlyingSocks' pool for sockets that send at once.
///
/// FlyingFox writes the head and the body of an answer one after the other and leaves Nagle's algorithm on: on a connection that is kept
/// the body then waits 40 ms for the client's acknowledgement. It opens its sockets by itself, but every one passes here before it is
/// waited for, the listener first, and on Linux what is accepted inherits the option.
struct PromptPool<Base: AsyncSocketPool>: AsyncSocketPool {
    let base: Base

    func prepare() async throws { try await base.prepare() }
    func run() async throws { try await base.run() }

    func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        var isOn: Int32 = 1
        setsockopt(socket.file.rawValue, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
        try await base.suspendSocket(socket, untilReadyFor: events)
    }
}
