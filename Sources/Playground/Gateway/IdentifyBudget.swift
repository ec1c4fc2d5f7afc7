import Timing

/// What one bot may still start: so many IDENTIFYs a day, and one for each key within a few seconds. Every IDENTIFY counts, also one
/// that comes too early.
struct IdentifyBudget: Sendable {
    struct Terms: Hashable, Sendable {
        var total = 1_000
        var concurrency = 1
        var pause = Duration.seconds(5)
    }

    enum Verdict: Hashable, Sendable { case granted, tooEarly, exhausted }

    private static let day = Duration.seconds(86_400)

    private let terms: Terms
    private var used: Int
    private var dayEnds: Instant
    /// When the latest IDENTIFY of a key was granted.
    private var granted: [Int64: Instant] = [:]

    init(terms: Terms, remaining: Int, dayEnds: Instant) {
        self.terms = terms
        self.dayEnds = dayEnds
        used = terms.total - remaining
    }

    mutating func identify(shard: Int64, at now: Instant) -> Verdict {
        renew(at: now)
        guard used < terms.total else { return .exhausted }
        used += 1
        let key = shard % Int64(terms.concurrency)
        if let last = granted[key], last.duration(to: now) < terms.pause { return .tooEarly }
        granted[key] = now
        return .granted
    }

    /// What is left of the day.
    mutating func remaining(at now: Instant) -> Int {
        renew(at: now)
        return terms.total - used
    }

    /// The time until everything is there again.
    mutating func resetAfter(at now: Instant) -> Duration {
        renew(at: now)
        return now.duration(to: dayEnds)
    }

    private mutating func renew(at now: Instant) {
        guard now >= dayEnds else { return }
        used = 0
        while dayEnds <= now { dayEnds = dayEnds.advanced(by: IdentifyBudget.day) }
    }
}
