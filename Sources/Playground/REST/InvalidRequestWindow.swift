import Timing

/// Cloudflare's count of invalid requests: beyond the limit within ten minutes nobody is let in until enough of them are past.
struct InvalidRequestWindow: Sendable {
    static let window = Duration.seconds(600)

    let limit: Int
    /// The newest, at most `limit` of them.
    private var invalid: [Instant] = []

    init(limit: Int) {
        self.limit = limit
    }

    mutating func count(at now: Instant) {
        invalid.append(now)
        if invalid.count > limit { invalid.removeFirst(invalid.count - limit) }
    }

    /// How long everybody stays out; nil when they may come in.
    func ban(at now: Instant) -> Duration? {
        guard invalid.count >= limit, let first = invalid.first else { return nil }
        let left = InvalidRequestWindow.window - first.duration(to: now)
        return left > .zero ? left : nil
    }
}
