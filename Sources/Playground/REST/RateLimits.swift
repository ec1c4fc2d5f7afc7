import Timing

/// Fixed windows for every route and major parameter: what the `X-RateLimit-…` headers tell, and when to answer 429.
struct RateLimits: Sendable {
    static let limit = 30
    static let window = Duration.seconds(5)
    /// Buckets remembered at once.
    static let bound = 1_000

    struct Standing: Hashable, Sendable {
        let remaining: Int
        let resetAfter: Duration
        let isExceeded: Bool
    }

    private var buckets: [String: (opened: Instant, used: Int)] = [:]

    /// Counts one request.
    mutating func count(_ bucket: String, at now: Instant) -> Standing {
        if buckets.count >= RateLimits.bound {
            buckets = buckets.filter { $0.value.opened.duration(to: now) < RateLimits.window }
            if buckets.count >= RateLimits.bound { buckets.removeAll() }
        }
        var entry = buckets[bucket] ?? (now, 0)
        if entry.opened.duration(to: now) >= RateLimits.window { entry = (now, 0) }
        let isExceeded = entry.used >= RateLimits.limit
        if !isExceeded { entry.used += 1 }
        buckets[bucket] = entry
        let resetAfter = RateLimits.window - entry.opened.duration(to: now)
        return Standing(remaining: RateLimits.limit - entry.used, resetAfter: resetAfter, isExceeded: isExceeded)
    }
}
