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

    /// Takes a place if one is free besides `reserve` others.
    mutating func take(at now: Instant, leaving reserve: Int = 0) -> Bool {
        guard hasRoom(at: now, leaving: reserve) else { return false }
        sent.append(now)
        return true
    }

    /// Whether a place is free besides `reserve` others.
    mutating func hasRoom(at now: Instant, leaving reserve: Int = 0) -> Bool {
        sent.removeAll { $0.advanced(by: span) <= now }
        return sent.count < limit - reserve
    }

    /// When the oldest send leaves the window; nil while there is none.
    var nextFree: Instant? {
        sent.first?.advanced(by: span)
    }
}
