import Clocks
import Synchronization
import Timing

/// A value that everybody reads all the time and that is seldom replaced: reading takes no lock.
///
/// A reader holds an old value from one instruction to the next without having retained it, so what was replaced is kept for `grace`, and
/// let go when something is replaced after that.
final class Replaceable<Value: Sendable>: Sendable {
    private final class Box: Sendable {
        let value: Value

        init(_ value: Value) {
            self.value = value
        }
    }

    /// No reader stands still for so long between two instructions.
    private static var grace: Duration { .seconds(60) }

    private let box: Atomic<Unmanaged<Box>>
    private let retired = Mutex<[(box: Unmanaged<Box>, at: Instant)]>([])
    private let clock = MonotonicClock()

    init(_ value: Value) {
        box = Atomic(Unmanaged.passRetained(Box(value)))
    }

    deinit {
        box.load(ordering: .acquiring).release()
        for old in retired.withLock({ $0 }) { old.box.release() }
    }

    var value: Value {
        box.load(ordering: .acquiring)._withUnsafeGuaranteedRef { $0.value }
    }

    func replace(with value: Value) {
        let old = box.exchange(Unmanaged.passRetained(Box(value)), ordering: .acquiringAndReleasing)
        let now = clock.now
        retired.withLock { retired in
            for one in retired where one.at.duration(to: now) > Self.grace { one.box.release() }
            retired.removeAll { $0.at.duration(to: now) > Self.grace }
            retired.append((old, now))
        }
    }
}
