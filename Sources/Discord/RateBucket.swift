internal import Timing

/// What is known of one counter of Discord's. Requests are counted here before they are sent, because several can be on
/// their way before the first answer tells what is left.
///
///     unknown ─ answer → window ─ refills one by one → sliding
///        ↑                  │                             │
///        └──────────────── 429 ───────────────────────────┘
struct RateBucket: Equatable, Sendable {
    /// When a bucket lets the next request through.
    enum Readiness: Equatable {
        /// Not before this instant.
        case at(Instant)
        /// When an answer has told more.
        case afterAnswer
    }

    private enum Count: Equatable {
        /// One request at a time finds out.
        case unknown
        case unlimited
        /// So many are left until all come back at once. The instant is nil until the window's first answer.
        case window(left: Int, until: Instant?)
        /// One comes back each interval.
        case sliding(Pace)
    }

    /// Discord's name of the bucket.
    private(set) var name: String?
    private(set) var inFlight = 0
    /// Whether no other was on its way at the same time: only then is an answer sure to be the newest.
    private var isAlone = true
    private var count = Count.unknown
    private var limit = 0
    private var refill = Refill()
    private var blockedUntil = Instant.origin

    /// More than any of Discord's; keeps sums of absurd numbers small.
    private static let largestLimit = 10_000

    var readiness: Readiness {
        switch count {
        case .unlimited: .at(blockedUntil)
        case .unknown: inFlight == 0 ? .at(blockedUntil) : .afterAnswer
        case .window(let left, _) where left > 0: .at(blockedUntil)
        // Of a bucket of nothing one is tried.
        case .window(_, let until?) where inFlight == 0 || inFlight < limit: .at(max(blockedUntil, until))
        case .window: inFlight == 0 ? .at(blockedUntil) : .afterAnswer
        // While a whole bucket is on its way, nobody knows when Discord counted it.
        case .sliding(let pace): inFlight < limit ? .at(max(blockedUntil, pace.nextFree)) : .afterAnswer
        }
    }

    /// Whether all that was counted has come back.
    func isFull(at now: Instant) -> Bool {
        guard inFlight == 0, blockedUntil <= now else { return false }
        return switch count {
        case .unknown, .unlimited: true
        case .window(_, let until): until.map { $0 <= now } ?? true
        case .sliding(let pace): pace.fullAt <= now
        }
    }

    /// Counts a request that goes now.
    mutating func reserve(at now: Instant) {
        switch count {
        case .unknown, .unlimited: break
        case .window(_, let until?) where until <= now: count = .window(left: max(0, limit - inFlight - 1), until: nil)
        case .window(let left, let until): count = .window(left: max(0, left - 1), until: until)
        case .sliding(var pace):
            pace.take(at: now)
            count = .sliding(pace)
        }
        isAlone = inFlight == 0
        inFlight += 1
    }

    /// A request came to nothing.
    mutating func release() {
        inFlight = max(0, inFlight - 1)
    }

    /// Finds out anew, with one request at a time.
    mutating func forget() {
        count = .unknown
        refill = Refill()
    }

    /// Keeps everything back, then finds out anew: Discord's counters do not all follow one rule.
    mutating func block(until instant: Instant) {
        blockedUntil = max(blockedUntil, instant)
        forget()
    }

    /// Takes in what an answer says of the bucket.
    mutating func learn(_ answer: RateLimitAnswer, at now: Instant) {
        release()
        guard let left = answer.remaining, let limit = answer.limit else {
            // Only a healthy answer without the headers means that there is no limit.
            if count == .unknown, (200...299).contains(answer.status) { count = .unlimited }
            return
        }
        let isAnother = name != answer.bucket || self.limit != min(max(0, limit), Self.largestLimit)
        name = answer.bucket
        self.limit = min(max(0, limit), Self.largestLimit)
        if isAnother { forget() }
        let remaining = min(max(0, left), self.limit)
        if let wait = answer.resetAfter { refill.learn(used: self.limit - remaining, resetAfter: wait) }
        if let wait = answer.resetAfter, let interval = refill.interval {
            slide(every: interval, until: now.advanced(by: wait))
        } else {
            open(remaining, until: answer.resetAfter.map { now.advanced(by: $0) })
        }
    }

    /// Those on their way may be counted in the answer or not; they are taken for not counted.
    private mutating func slide(every interval: Duration, until fullAt: Instant) {
        let latest = fullAt.advanced(by: interval * inFlight)
        let before: Instant? = if case .sliding(let pace) = count, !isAlone { pace.fullAt } else { nil }
        count = .sliding(Pace(every: interval, burst: limit, fullAt: max(before ?? latest, latest)))
    }

    private mutating func open(_ remaining: Int, until reset: Instant?) {
        let free = max(0, remaining - inFlight)
        // Answers overtake each other: within a window the lowest count is the newest.
        if case .window(let left, let until?) = count, let reset, reset <= until.advanced(by: .milliseconds(250)) {
            count = .window(left: min(left, free), until: reset)
        } else {
            count = .window(left: free, until: reset)
        }
    }
}
