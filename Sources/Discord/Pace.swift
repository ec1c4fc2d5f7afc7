internal import Timing

/// A smooth rate with a small burst: the generic cell rate algorithm (ITU-T I.371), in whole instants so that waiting until
/// `nextFree` is always enough.
struct Pace: Hashable, Sendable {
    var interval: Duration
    let burst: Int
    /// When every place is free again, if none is taken until then.
    var fullAt: Instant

    init(every interval: Duration, burst: Int, fullAt: Instant = .origin) {
        self.interval = interval
        self.burst = burst
        self.fullAt = fullAt
    }

    /// From when on one more may go.
    var nextFree: Instant {
        fullAt.advanced(by: interval * -(burst - 1))
    }

    /// Takes a place, whether one is free or not.
    mutating func take(at now: Instant) {
        fullAt = max(fullAt, now).advanced(by: interval)
    }
}
