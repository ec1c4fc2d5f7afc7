import Timing

/// Fixed windows for every route and major parameter: what the `X-RateLimit-…` headers tell, and when to answer 429.
struct RateLimits: Sendable {
    static let window = Duration.seconds(5)
    /// Buckets remembered at once.
    static let bound = 1_000

    struct Standing: Hashable, Sendable {
        let remaining: Int
        let resetAfter: Duration
        let isExceeded: Bool
        let limit: Int
    }

    /// Requests in a window, unless a route has a limit of its own.
    let limit: Int
    private var buckets: [String: (opened: Instant, used: Int)] = [:]

    init(limit: Int) {
        self.limit = limit
    }

    /// Counts one request.
    mutating func count(_ bucket: String, limit own: Int? = nil, at now: Instant) -> Standing {
        let limit = own ?? limit
        if buckets.count >= RateLimits.bound {
            buckets = buckets.filter { $0.value.opened.duration(to: now) < RateLimits.window }
            if buckets.count >= RateLimits.bound { buckets.removeAll() }
        }
        var entry = buckets[bucket] ?? (now, 0)
        if entry.opened.duration(to: now) >= RateLimits.window { entry = (now, 0) }
        let isExceeded = entry.used >= limit
        if !isExceeded { entry.used += 1 }
        buckets[bucket] = entry
        let resetAfter = RateLimits.window - entry.opened.duration(to: now)
        return Standing(remaining: limit - entry.used, resetAfter: resetAfter, isExceeded: isExceeded, limit: limit)
    }
}
