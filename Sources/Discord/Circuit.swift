internal import Timing

/// Stays away while the network in front of Discord shuts this address out, and comes back with a single request.
///
///     closed ─ shut out → open ─ time → (a request may go) ─ started → trying ─ answered → closed
///                          ↑                                             │
///                          └──────────────── shut out ───────────────────┘
struct Circuit: Equatable, Sendable {
    private enum State: Equatable {
        case closed
        case open(until: Instant)
        /// One request is on its way; until it is back no other goes.
        case trying(RateLimiter.RequestID)
    }

    /// Waits of 18 hours were seen (discord.js#8574). One request an hour does no harm, and a fault on the way must not silence the
    /// bot for longer.
    static let longestWait = Duration.seconds(3_600)
    static let shortestWait = Duration.seconds(1)
    static let unnamedWait = Duration.seconds(600)

    private var state = State.closed

    /// Whether nothing may be sent, nor wait.
    func isOpen(at now: Instant) -> Bool {
        if case .open(let until) = state { until > now } else { false }
    }

    var isTrying: Bool {
        if case .trying = state { true } else { false }
    }

    /// Stays away as long as told, within bounds, and returns how long.
    mutating func shutOut(retryAfter: Duration?, at now: Instant) -> Duration {
        let wait = min(max(retryAfter ?? Self.unnamedWait, Self.shortestWait), Self.longestWait)
        let until = now.advanced(by: wait)
        if case .open(let before) = state { state = .open(until: max(before, until)) } else { state = .open(until: until) }
        return wait
    }

    mutating func started(_ id: RateLimiter.RequestID) {
        if case .open = state { state = .trying(id) }
    }

    /// Discord itself has answered. Returns whether that ends the exclusion.
    mutating func answered(_ id: RateLimiter.RequestID) -> Bool {
        guard state == .trying(id) else { return false }
        state = .closed
        return true
    }

    /// No answer came, so the next request tries.
    mutating func failed(_ id: RateLimiter.RequestID, at now: Instant) {
        if state == .trying(id) { state = .open(until: now) }
    }
}
