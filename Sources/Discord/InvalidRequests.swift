internal import Timing

/// Counts refused requests over ten minutes: Discord bans an address for a while after 10 000 of them.
struct InvalidRequests: Hashable, Sendable {
    /// What the count asks for.
    enum Level: Int, Comparable, Sendable {
        case calm
        /// From 1 % of the ban on, all but interactions slow down.
        case slow
        /// From 20 % on, nothing but interactions is sent.
        case stop

        init(count: Int) {
            self = count >= 2_000 ? .stop : count >= 100 ? .slow : .calm
        }

        static func < (left: Level, right: Level) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    private static let slots = 10
    private var counts = Array(repeating: 0, count: slots)
    private var minute: Int64 = 0

    /// Whether Discord counts an answer: 401, 403 and 429, but not a limit that others used up.
    static func isInvalid(_ answer: RateLimitAnswer) -> Bool {
        answer.status == 401 || answer.status == 403 || (answer.status == 429 && answer.scope != .shared)
    }

    mutating func add(at now: Instant) {
        turn(to: now)
        counts[Int(minute) % Self.slots] += 1
    }

    mutating func count(at now: Instant) -> Int {
        turn(to: now)
        return counts.reduce(0, +)
    }

    /// Forgets the minutes that have left the window.
    private mutating func turn(to now: Instant) {
        let current = max(now.sinceOrigin.components.seconds / 60, minute)
        for passed in 0..<min(current - minute, Int64(Self.slots)) {
            counts[Int(current - passed) % Self.slots] = 0
        }
        minute = current
    }
}
