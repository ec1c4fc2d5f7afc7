internal import Timing

/// At most `limit` sends in any `span`: a sliding log.
struct SendWindow: Hashable, Sendable {
    let limit: Int
    let span: Duration
    private var sent: [Instant] = []

    init(limit: Int, per span: Duration) {
        self.limit = limit
        self.span = span
    }

    /// Takes a place if one is free.
    mutating func take(at now: Instant) -> Bool {
        sent.removeAll { $0.advanced(by: span) <= now }
        guard sent.count < limit else { return false }
        sent.append(now)
        return true
    }

    /// When the oldest send leaves the window; nil while there is none.
    var nextFree: Instant? {
        sent.first?.advanced(by: span)
    }
}
