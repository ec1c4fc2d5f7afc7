public import Timing

/// Decides when a connection that nobody uses is used, so that it is open when it is needed.
///
/// libcurl does not use a connection again that was idle for 118 s (`CURLOPT_MAXAGE_CONN`), and few networks forget one within a
/// minute.
public struct WarmConnection: Equatable, Sendable {
    public static let idle = Duration.seconds(50)

    /// When the connection is to be used next, if nobody does before.
    public private(set) var deadline: Instant
    private var backoff = Backoff(base: .seconds(2), cap: Self.idle)
    private var jitter: Jitter

    /// A connection that is to be opened at once.
    public init(at now: Instant, jitter: Jitter) {
        deadline = now
        self.jitter = jitter
    }

    /// Somebody uses it.
    public mutating func used(at now: Instant) {
        backoff.reset()
        deadline = now.advanced(by: Self.idle)
    }

    /// It could not be opened, or was lost.
    public mutating func failed(at now: Instant) {
        deadline = now.advanced(by: .seconds(1) + backoff.next(&jitter))
    }
}
