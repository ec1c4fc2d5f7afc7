import Foundation
import Synchronization

/// A thread around one C library's wait that is also the executor of the actors which use that library.
///
/// libcurl's multi handle and libwebsockets' context each belong to one thread. An actor whose `unownedExecutor` is the loop
/// runs on that thread and no other, so the library's rule is isolation that the compiler checks: jobs are queued from
/// anywhere, the poller is woken, and the thread alternates between the jobs and the library.
public final class EventLoop: SerialExecutor, Sendable {
    /// So many batches of jobs are run before the library has its turn.
    private static let mostBatches = 16

    private struct Entry {
        var job: UnownedJob
        /// By way of which task executor it came; nil for an actor's.
        var preferred: Preferred?
    }

    private struct State {
        var jobs: [Entry] = []
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
        enqueue(Entry(job: job, preferred: nil))
    }

    /// Runs on the loop's thread what no actor isolates (SE-0417): a task that prefers it, and mostly calls actors of the loop, crosses no
    /// thread on its way there and back. Keeps the loop alive; after `stop` such a task never runs again.
    public func makeTaskExecutor() -> any TaskExecutor { Preferred(loop: self) }

    /// An executor of its own, because a task that prefers none must not find itself preferring this one: it would be queued again at
    /// every step.
    private final class Preferred: TaskExecutor {
        private let loop: EventLoop

        init(loop: EventLoop) {
            self.loop = loop
        }

        func enqueue(_ job: UnownedJob) {
            loop.enqueue(Entry(job: job, preferred: self))
        }
    }

    private func enqueue(_ entry: Entry) {
        state.withLock { state in
            state.jobs.append(entry)
            // A queue that was not empty has a wake under way, and the loop's own thread looks at the queue before it waits.
            if state.jobs.count == 1, !isCurrent { state.wake?() }
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
        var running: [Entry] = []
        while true {
            var isStopping = false
            for _ in 0..<Self.mostBatches {
                running.removeAll(keepingCapacity: true)
                isStopping = state.withLock { state in
                    swap(&state.jobs, &running)
                    return state.isStopping
                }
                guard !running.isEmpty else { break }
                for entry in running {
                    if let preferred = entry.preferred {
                        entry.job.runSynchronously(on: preferred.asUnownedTaskExecutor())
                    } else {
                        entry.job.runSynchronously(on: asUnownedSerialExecutor())
                    }
                }
            }
            if !isStopping {
                // Jobs that are left must not wait for the library.
                state.withLock { if !$0.jobs.isEmpty { $0.wake?() } }
                poller.poll()
            } else if running.isEmpty {
                break
            }
        }
        // The poller is about to go: nobody may wake it any more.
        state.withLock { $0.wake = nil }
    }
}
