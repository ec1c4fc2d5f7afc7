import Foundation
import Synchronization

/// A thread around one C library's wait that is also the executor of the actors which use that library.
///
/// libcurl's multi handle and libwebsockets' context each belong to one thread. An actor whose `unownedExecutor` is the loop
/// runs on that thread and no other, so the library's rule is isolation that the compiler checks: jobs are queued from
/// anywhere, the poller is woken, and the thread alternates between the jobs and the library.
public final class EventLoop: SerialExecutor, Sendable {
    private struct State {
        var jobs: [UnownedJob] = []
        /// Set once the poller stands; nil while the thread starts and after it has ended. Called under the lock, so that the
        /// poller cannot go while another thread is waking it.
        var wake: (@Sendable () -> Void)?
        var isStopping = false
    }

    private let state = Mutex(State())
    /// The thread's `pthread_t`; zero until it runs.
    private let threadID = Atomic<UInt>(0)

    /// Starts the thread. `makePoller` runs on it, first of all.
    ///
    /// - Parameters:
    ///   - name: the thread's name, as debuggers show it; Linux keeps 15 bytes.
    ///   - makePoller: makes the poller; only the loop's thread touches what it returns.
    public init<P: Poller>(name: String, makePoller: @escaping @Sendable (EventLoop) -> P) {
        let thread = Thread { [self] in
            // Foundation passes the name on to the kernel only from the thread itself.
            Thread.current.name = name
            threadID.store(UInt(pthread_self()), ordering: .releasing)
            EventLoop.blockPipeSignal()
            run(makePoller(self))
        }
        thread.start()
    }

    /// Ends the thread once the jobs queued so far have run. The loop keeps itself alive until then.
    ///
    /// An actor on a stopped loop never runs again: stop its users first.
    public func stop() {
        state.withLock { state in
            state.isStopping = true
            state.wake?()
        }
    }

    public func enqueue(_ job: UnownedJob) {
        state.withLock { state in
            state.jobs.append(job)
            // A queue that was not empty has a wake under way.
            if state.jobs.count == 1 { state.wake?() }
        }
    }

    public func checkIsolated() {
        precondition(isCurrent, "called off the event loop's thread")
    }

    /// Whether the caller is on the loop's thread.
    public var isCurrent: Bool {
        threadID.load(ordering: .acquiring) == UInt(pthread_self())
    }

    /// A write to a connection that the peer has closed must be an error to the library, not the end of the process.
    private static func blockPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private func run(_ poller: some Poller) {
        state.withLock { $0.wake = poller.wake }
        // Two buffers change places, so that a busy loop allocates nothing.
        var running: [UnownedJob] = []
        while true {
            running.removeAll(keepingCapacity: true)
            let isStopping = state.withLock { state in
                swap(&state.jobs, &running)
                return state.isStopping
            }
            for job in running {
                job.runSynchronously(on: asUnownedSerialExecutor())
            }
            if !isStopping {
                poller.poll()
            } else if running.isEmpty {
                break
            }
        }
        // The poller is about to go: nobody may wake it any more.
        state.withLock { $0.wake = nil }
    }
}
