internal import Timing

/// A smooth rate with a small burst: the generic cell rate algorithm (ITU-T I.371), in whole instants so that waiting until
/// `nextFree` is always enough.
struct Pace: Hashable, Sendable {
    var interval: Duration
    let burst: Int
    private var nextCell = Instant.origin

    init(every interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }

    /// From when on one more may go.
    var nextFree: Instant {
        nextCell.advanced(by: interval * -(burst - 1))
    }

    /// Takes a place if one is free.
    mutating func take(at now: Instant) -> Bool {
        guard nextFree <= now else { return false }
        nextCell = max(nextCell, now).advanced(by: interval)
        return true
    }
}
