public import Timing

/// The clock that the shells measure `Instant` on: it never jumps, and counts the time that the machine sleeps.
///
/// Its origin is the first use in the process.
public struct MonotonicClock: Sendable {
    private static let start = ContinuousClock.now

    /// Every copy tells the same time.
    public init() {}

    /// The time since the process began to measure.
    public var now: Instant {
        Instant(sinceOrigin: Self.start.duration(to: .now))
    }

    /// Waits until an instant; returns early, by throwing, when the task is cancelled.
    public func sleep(until instant: Instant) async throws(CancellationError) {
        do {
            try await ContinuousClock().sleep(until: Self.start.advanced(by: instant.sinceOrigin))
        } catch {
            throw CancellationError()
        }
    }
}
