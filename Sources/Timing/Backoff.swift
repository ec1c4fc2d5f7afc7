/// How long to wait before the next attempt: exponential with full jitter.
///
/// The wait is uniform between zero and a ceiling that doubles with each failure up to `cap`. Full jitter spreads clients
/// that lost the same server best (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015).
public struct Backoff: Hashable, Sendable {
    /// The ceiling of the first wait.
    public let base: Duration
    /// The highest ceiling.
    public let cap: Duration
    /// Failures since the last `reset()`.
    public private(set) var failures = 0

    /// A backoff whose ceiling starts at `base` and never exceeds `cap`.
    public init(base: Duration, cap: Duration) {
        precondition(base > .zero && cap >= base, "a backoff needs 0 < base <= cap")
        self.base = base
        self.cap = cap
    }

    /// The wait that the next failure allows at most.
    public var ceiling: Duration {
        var ceiling = base
        for _ in 0..<failures where ceiling < cap {
            ceiling *= 2
        }
        return min(ceiling, cap)
    }

    /// Counts a failure and returns the wait before the next attempt.
    public mutating func next(_ jitter: inout Jitter) -> Duration {
        let wait = jitter.duration(to: ceiling)
        failures += 1
        return wait
    }

    /// Forgets the failures: the next wait starts at `base` again.
    public mutating func reset() {
        failures = 0
    }
}
