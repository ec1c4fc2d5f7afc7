/// A point on a time line, as an offset from that line's origin.
///
/// Machines take it as an argument and never ask for it, so a test is a list of instants. The shells measure it on the
/// monotonic clock (the origin is the start of the process); `replay` takes it from a journal (the origin is 1970).
/// Instants of different lines must not be mixed.
public struct Instant: InstantProtocol, Hashable, Sendable {
    /// The offset from the origin.
    public var sinceOrigin: Duration

    /// An instant that lies `sinceOrigin` after the origin of its time line.
    public init(sinceOrigin: Duration) {
        self.sinceOrigin = sinceOrigin
    }

    /// The origin of the time line.
    public static let origin = Instant(sinceOrigin: .zero)

    public func advanced(by duration: Duration) -> Instant {
        Instant(sinceOrigin: sinceOrigin + duration)
    }

    public func duration(to other: Instant) -> Duration {
        other.sinceOrigin - sinceOrigin
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.sinceOrigin < right.sinceOrigin
    }
}
