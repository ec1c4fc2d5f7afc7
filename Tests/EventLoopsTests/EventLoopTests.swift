import Dispatch
import EventLoops
import Glibc
import Synchronization
import Testing

/// Waits for a wake, and calls back after each.
private final class SignalPoller: Poller {
    private let signal: Signal
    private let onPoll: @Sendable () -> Void

    init(_ signal: Signal, onPoll: @escaping @Sendable () -> Void = {}) {
        self.signal = signal
        self.onPoll = onPoll
    }

    func poll() {
        signal.wait()
        onPoll()
    }

    var wake: @Sendable () -> Void {
        { [signal] in signal.set() }
    }

    deinit {
        signal.close()
    }
}

/// An actor that holds its loop's thread.
private actor Hanger {
    let loop: EventLoop

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func hang(on semaphore: DispatchSemaphore) {
        semaphore.wait()
    }
}

/// An actor on a loop that writes down what runs.
private actor Journal {
    let loop: EventLoop
    private(set) var entries: [Int] = []
    private(set) var strays = 0
    private var waiter: CheckedContinuation<Void, Never>?

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func write(_ entry: Int) {
        entries.append(entry)
        if !loop.isCurrent { strays += 1 }
    }

    /// The error number that the write gets.
    func writeToClosedPipe() -> Int32 {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        close(ends[0])
        defer { close(ends[1]) }
        return Glibc.write(ends[1], "x", 1) < 0 ? errno : 0
    }

    func nextPoll() async {
        await withCheckedContinuation { waiter = $0 }
    }

    func notePoll() {
        if !loop.isCurrent { strays += 1 }
        waiter?.resume()
        waiter = nil
    }
}

@Suite("The event loop", .timeLimit(.minutes(1)))
struct EventLoopTests {
    @Test("runs jobs on its own thread, in the order of their arrival")
    func order() async {
        let loop = EventLoop(name: "order") { _ in SignalPoller(Signal()) }
        let journal = Journal(loop)
        for entry in 0..<1_000 { await journal.write(entry) }
        #expect(await journal.entries == Array(0..<1_000))
        #expect(await journal.strays == 0)
        #expect(!loop.isCurrent)
        loop.stop()
    }

    @Test("a thread that hangs or has ended does not answer")
    func answers() async {
        let signal = Signal()
        let loop = EventLoop(name: "test") { _ in SignalPoller(signal) }
        #expect(await loop.answers(within: .seconds(30)))
        let hangs = DispatchSemaphore(value: 0)
        let held = Task { await Hanger(loop).hang(on: hangs) }
        #expect(await !loop.answers(within: .milliseconds(200)))
        hangs.signal()
        await held.value
        #expect(await loop.answers(within: .seconds(30)))
        loop.stop()
        await signal.closed()
        #expect(await !loop.answers(within: .milliseconds(50)))
    }

    @Test("loses nothing that many threads enqueue at once")
    func manyThreads() async {
        let loop = EventLoop(name: "many") { _ in SignalPoller(Signal()) }
        let journal = Journal(loop)
        await withTaskGroup { group in
            for entry in 0..<2_000 { group.addTask { await journal.write(entry) } }
        }
        #expect(await journal.entries.sorted() == Array(0..<2_000))
        #expect(await journal.strays == 0)
        loop.stop()
    }

    @Test("runs what was queued before the stop, then lets the poller go")
    func stop() async {
        let signal = Signal()
        let mayStart = Signal()
        // The loop's thread waits for the test before it polls for the first time, so that all of this is still queued at the stop.
        let loop = EventLoop(name: "stop") { _ in
            mayStart.wait()
            return SignalPoller(signal)
        }
        let journal = Journal(loop)
        // An immediate task has queued its job on the loop when the call returns.
        let writers = (0..<10).map { entry in Task.immediate { await journal.write(entry) } }
        let reader = Task.immediate { await journal.entries }
        loop.stop()
        mayStart.set()
        await signal.closed()
        for writer in writers { await writer.value }
        #expect(await reader.value == Array(0..<10))
        // Too late, and harmless: the poller is gone.
        loop.stop()
    }

    @Test("a write to a closed pipe is an error there, not the end of the process")
    func brokenPipe() async {
        await #expect(processExitsWith: .success) {
            let loop = EventLoop(name: "pipe") { _ in SignalPoller(Signal()) }
            #expect(await Journal(loop).writeToClosedPipe() == EPIPE)
        }
    }

    @Test("an actor on the loop may be entered from the poller's callback without a hop")
    func assumeIsolated() async {
        let signal = Signal()
        let holder = Mutex<Journal?>(nil)
        let loop = EventLoop(name: "callback") { _ in
            SignalPoller(signal) { holder.withLock { $0 }?.assumeIsolated { $0.notePoll() } }
        }
        let journal = Journal(loop)
        holder.withLock { $0 = journal }
        let polled = Task.immediate { await journal.nextPoll() }
        // Jobs run in order: when this one has run, somebody waits for the poll.
        await journal.write(1)
        signal.set()
        await polled.value
        #expect(await journal.strays == 0)
        holder.withLock { $0 = nil }
        loop.stop()
    }
}
