import CEpoll
import FlyingSocks
import Foundation
import Synchronization

/// What FlyingFox waits with for its sockets; two things are better than in the pool that comes with it.
///
/// A write to a connection that was reset makes FlyingFox close the descriptor while the reader still waits for it. Its own pool keeps that
/// wait, and the connection that gets the descriptor next is never heard of. Here a descriptor that epoll does not know any more has
/// been closed, and whoever still waits for it is told so.
///
/// And sockets send at once: FlyingFox writes the head and the body of an answer one after the other, and with Nagle's algorithm the body
/// waits 40 ms for the client's acknowledgement. It opens its sockets by itself, but every one passes here.
final class EpollPool: AsyncSocketPool {
    private struct Waiter {
        let number: Int
        let isForWriting: Bool
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var epoll: Int32 = -1
        /// A pipe that ends the thread: its reading and its writing end.
        var bell: [Int32] = [-1, -1]
        var isOver = false
        var waiters: [Int32: [Waiter]] = [:]
        var lastNumber = 0
    }

    private let state = Mutex(State())

    func prepare() async throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SocketError.makeFailed("pipe") }
        let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0, EpollPool.register(ends[0], EPOLLIN.rawValue, in: epoll) == 0 else {
            throw SocketError.makeFailed("epoll")
        }
        state.withLock { [ends] in ($0.epoll, $0.bell) = (epoll, ends) }
    }

    func run() async throws {
        await withTaskCancellationHandler {
            await withCheckedContinuation { done in
                Thread.detachNewThread {
                    self.poll()
                    done.resume()
                }
            }
        } onCancel: {
            state.withLock { state in
                if !state.isOver { _ = write(state.bell[1], "x", 1) }
            }
        }
        throw CancellationError()
    }

    func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        let descriptor = socket.file.rawValue
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let waiter = Waiter(number: number, isForWriting: events.contains(.write), continuation: continuation)
                add(waiter, for: descriptor)
                if Task.isCancelled { cancel(number, for: descriptor) }
            }
        } onCancel: {
            cancel(number, for: descriptor)
        }
    }

    private func add(_ waiter: Waiter, for descriptor: Int32) {
        let (failed, error) = state.withLock { state -> ([Waiter], any Error) in
            guard !state.isOver else { return ([waiter], CancellationError()) }
            let earlier = state.waiters[descriptor] ?? []
            let isNew = EpollPool.register(descriptor, EpollPool.interest([waiter]), in: state.epoll) == 0
            state.waiters[descriptor] = isNew ? [waiter] : earlier + [waiter]
            if isNew {
                EpollPool.sendAtOnce(descriptor)
                return (earlier, SocketError.disconnected)
            }
            guard EpollPool.arm(descriptor, for: earlier + [waiter], in: state.epoll) else {
                state.waiters[descriptor] = nil
                return (earlier + [waiter], SocketError.disconnected)
            }
            return ([], SocketError.disconnected)
        }
        for waiter in failed { waiter.continuation.resume(throwing: error) }
    }

    private func cancel(_ number: Int, for descriptor: Int32) {
        let cancelled = state.withLock { state -> Waiter? in
            guard let index = state.waiters[descriptor]?.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiters[descriptor]?.remove(at: index)
        }
        cancelled?.continuation.resume(throwing: CancellationError())
    }

    /// The thread: waits, and resumes whom an event concerns. A resumed one that finds nothing waits again.
    private func poll() {
        let (epoll, bell) = state.withLock { ($0.epoll, $0.bell[0]) }
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        waiting: while true {
            let count = epoll_wait(epoll, &events, Int32(events.count), -1)
            for event in events.prefix(Int(max(0, count))) {
                if event.data.fd == bell { break waiting }
                for waiter in ready(event) { waiter.continuation.resume() }
            }
        }
        finish()
    }

    private func ready(_ event: epoll_event) -> [Waiter] {
        let descriptor = event.data.fd
        let isWritableOnly = event.events == EPOLLOUT.rawValue
        let isReadableOnly = event.events == EPOLLIN.rawValue
        return state.withLock { state in
            let waiters = state.waiters[descriptor] ?? []
            let ready = waiters.filter { $0.isForWriting ? !isReadableOnly : !isWritableOnly }
            let others = waiters.filter { $0.isForWriting ? isReadableOnly : isWritableOnly }
            state.waiters[descriptor] = others.isEmpty ? nil : others
            if !others.isEmpty { _ = EpollPool.arm(descriptor, for: others, in: state.epoll) }
            return ready
        }
    }

    private func finish() {
        let left = state.withLock { state in
            state.isOver = true
            for descriptor in [state.epoll] + state.bell { close(descriptor) }
            defer { state.waiters = [:] }
            return state.waiters.values.flatMap { $0 }
        }
        for waiter in left { waiter.continuation.resume(throwing: CancellationError()) }
    }

    private static func interest(_ waiters: [Waiter]) -> UInt32 {
        waiters.reduce(EPOLLONESHOT.rawValue) { $0 | ($1.isForWriting ? EPOLLOUT.rawValue : EPOLLIN.rawValue) }
    }

    private static func register(_ descriptor: Int32, _ interest: UInt32, in epoll: Int32) -> Int32 {
        var event = epoll_event()
        event.events = interest
        event.data.fd = descriptor
        return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)
    }

    /// Asks for one more event; false when epoll does not know the descriptor.
    private static func arm(_ descriptor: Int32, for waiters: [Waiter], in epoll: Int32) -> Bool {
        var event = epoll_event()
        event.events = interest(waiters)
        event.data.fd = descriptor
        return epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) == 0
    }

    private static func sendAtOnce(_ descriptor: Int32) {
        var isOn: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }
}
