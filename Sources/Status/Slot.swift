import Timing

/// The place of one check or canary in the schedule.
struct Slot: Hashable, Sendable {
    /// When its next round is due; it stands while a round is in flight.
    var due: Instant
    /// When the round in flight began; nil while none is.
    private(set) var inFlight: Instant?
    /// When the last round began.
    private(set) var lastStart: Instant?

    init(due: Instant) {
        self.due = due
    }

    /// Puts a round off that could not begin.
    mutating func postpone(to later: Instant) {
        due = later
    }

    func isDue(at now: Instant) -> Bool {
        inFlight == nil && due <= now
    }

    mutating func start(at now: Instant) {
        inFlight = now
        lastStart = now
    }

    /// The round has ended; the next begins at `next`.
    mutating func finish(next: Instant) {
        inFlight = nil
        due = next
    }

    /// Brings the next round forward, but not closer than `pause` to the start of the last one. A round in flight is round enough.
    mutating func hurry(at now: Instant, pause: Duration) {
        guard inFlight == nil else { return }
        due = min(due, max(now, lastStart?.advanced(by: pause) ?? now))
    }

    /// Whether the round in flight has taken longer than `patience`.
    func isLost(at now: Instant, patience: Duration) -> Bool {
        inFlight.map { $0.advanced(by: patience) <= now } ?? false
    }

    /// When something is to be done here: a round in flight is given up, or the next begins, if it may.
    func deadline(patience: Duration, mayStart: Bool) -> Instant? {
        inFlight?.advanced(by: patience) ?? (mayStart ? due : nil)
    }
}
