internal import Timing

/// What is known of one counter of Discord's. Requests are counted here before they are sent, because several can be on
/// their way before the first answer tells what is left.
struct RateBucket: Equatable, Sendable {
    /// When a bucket lets the next request through.
    enum Readiness: Equatable {
        /// Not before this instant.
        case at(Instant)
        /// When an answer has told more.
        case afterAnswer
    }

    private var name: String?
    private var limit = 0
    /// Nil until an answer has told: then one request at a time finds out.
    private var remaining: Int?
    private var resetAt: Instant?
    private var blockedUntil = Instant.origin
    private var isUnlimited = false
    private(set) var inFlight = 0

    var readiness: Readiness {
        if isUnlimited { return .at(blockedUntil) }
        guard let remaining else { return inFlight == 0 ? .at(blockedUntil) : .afterAnswer }
        if remaining > 0 { return .at(blockedUntil) }
        if let resetAt { return .at(max(blockedUntil, resetAt)) }
        return inFlight == 0 ? .at(blockedUntil) : .afterAnswer
    }

    /// Whether forgetting the bucket loses nothing.
    func isIdle(at now: Instant) -> Bool {
        inFlight == 0 && blockedUntil <= now && resetAt.map { $0 <= now } ?? true
    }

    /// Counts a request before it goes; false where it has to wait.
    mutating func reserve(at now: Instant) -> Bool {
        guard case .at(let instant) = readiness, instant <= now else { return false }
        if let reset = resetAt, reset <= now {
            resetAt = nil
            remaining = max(0, limit - inFlight)
        }
        if let left = remaining, !isUnlimited {
            // A full bucket of nothing, or one that others on their way have used up.
            guard left > 0 || inFlight == 0 else { return false }
            remaining = max(0, left - 1)
        }
        inFlight += 1
        return true
    }

    /// A request came to nothing.
    mutating func release() {
        inFlight = max(0, inFlight - 1)
    }

    /// Keeps everything back for `wait`, then tries with a single request: Discord's counters do not all follow one rule.
    mutating func block(until instant: Instant) {
        blockedUntil = max(blockedUntil, instant)
        isUnlimited = false
        remaining = nil
        resetAt = nil
    }

    /// Takes in what an answer says of the bucket.
    mutating func learn(_ answer: RateLimitAnswer, at now: Instant) {
        release()
        guard let left = answer.remaining, let limit = answer.limit else {
            // Only a healthy answer without the headers means that there is no limit.
            isUnlimited = isUnlimited || (remaining == nil && (200...299).contains(answer.status))
            return
        }
        let reset = answer.resetAfter.map { now.advanced(by: $0) }
        let isSameWindow = name == answer.bucket && Self.isSameWindow(resetAt, reset)
        let free = max(0, min(left, limit) - inFlight)
        // Answers overtake each other: within a window the lowest count is the newest.
        remaining = isSameWindow ? min(remaining ?? free, free) : free
        name = answer.bucket
        self.limit = max(0, limit)
        resetAt = reset
        isUnlimited = false
    }

    private static func isSameWindow(_ before: Instant?, _ now: Instant?) -> Bool {
        guard let before, let now else { return false }
        return now <= before.advanced(by: .milliseconds(250))
    }
}
