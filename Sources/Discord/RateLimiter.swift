public import Timing

/// Decides when each request to Discord may go, and what to do with the ones that fail.
///
///     waiting ─ start → in flight ─ deliver | fail → gone
///        ↑                 │
///        └── not before ───┘   (429, 5xx or a broken connection, where the request's rule allows another attempt)
///
/// A request starts when its bucket has room, the global pace allows it (interactions are exempt), and no refusal holds it
/// back. More urgent ones go first, then older ones. Everything ends: by an answer, by its expiry, or by a bounded number of
/// attempts. The shell reports each started request back exactly once.
///
/// Requests wait in lanes, one for each bucket; a lane is listed by the instant at which its bucket lets the next one through, and
/// then among those that may go. So a step touches what changes and nothing else, however many wait.
public struct RateLimiter: Equatable, Sendable {
    /// The most replies and scheduled requests that may wait together. When they are full, the newest scheduled request gives its
    /// place to a reply, and nothing else gives way.
    public static let capacity = 1_000
    /// The most interactions that may wait, apart from the others. Beyond them the newcomer is refused.
    public static let interactionCapacity = 1_000

    var waiting: [RequestID: Item] = [:]
    var inFlight: [RequestID: Item] = [:]
    var lanes: [LaneID: Lane] = [:]
    var laneIDs: [Key: LaneID] = [:]
    /// What Discord now calls a route's bucket.
    var bucketNames: [Key.Kind: String] = [:]
    /// When those that wait are worth nothing any more.
    var expiries = Line<Due>()
    /// Requests that wait by themselves before they stand in line again.
    var delayed = Line<Due>()
    /// Lanes whose bucket opens at an instant.
    var timed = Line<Due>()
    var ready = ReadyLanes()
    /// All that wait but interactions, to find who gives way.
    var others = Line<Place>()

    /// Discord allows 50 a second and counts in windows of its own: 45 with a burst of 5 never show it more.
    var pace = Pace(every: Self.interval, burst: 5)
    var pausedUntil = Instant.origin
    var circuit = Circuit()
    var refusals = InvalidRequests()
    var level = InvalidRequests.Level.calm
    var refusedChannels = RefusedChannels()
    var isTokenRejected = false
    var jitter: Jitter
    var nextNumber: UInt64 = 0
    /// How many buckets are known when idle ones are looked for next.
    var sweepsAt = Self.bucketsKept

    static let interval = Duration.seconds(1) / 45
    static let slowInterval = Duration.seconds(1) / 5
    static let bucketsKept = 4_096

    struct Item: Equatable, Sendable {
        let request: Request
        let place: Place
        let lane: LaneID
        var attempts = 0
        var notBefore = Instant.origin
        var firstStart: Instant?
        var mayBeDone = false
        /// An attempt brought no answer that could be delivered.
        var wasUnanswered = false
        /// Nobody waits for the answer any more.
        var isAbandoned = false
        var backoff = Backoff(base: .milliseconds(500), cap: .seconds(10))

        var id: RequestID { place.id }
        var expiry: Due { Due(instant: request.expires, number: id.rawValue) }
        var delay: Due { Due(instant: notBefore, number: id.rawValue) }
    }

    public init(jitter: Jitter) {
        self.jitter = jitter
    }

    /// Takes in what happened and returns what to do about it, in order.
    public mutating func handle(_ input: Input, at now: Instant) -> [Action] {
        var actions = heed(now)
        switch input {
        case .enqueue(let id, let request): actions += enqueue(id, request, at: now)
        case .completed(let id, let answer): actions += completed(id, answer, at: now)
        case .failed(let id, let sent): actions += failed(id, sent: sent, at: now)
        case .cancelled(let id): cancel(id, at: now)
        case .tokenRejected:
            isTokenRejected = true
            actions += dismiss(at: now)
        case .tick: break
        }
        dropExpired(at: now, into: &actions)
        lineUpDelayed(at: now)
        openLanes(at: now)
        while let turn = nextTurn(at: now) {
            actions.append(start(turn, at: now))
        }
        return actions
    }

    /// When `tick` is wanted next: a request may go, or expires. Nil while none waits.
    public var deadline: Instant? {
        var deadline = expiries.first?.instant
        func consider(_ instant: Instant?) {
            if let instant { deadline = deadline.map { min($0, instant) } }
        }
        consider(delayed.first?.instant)
        consider(timed.first?.instant)
        if !ready.others.isEmpty, !circuit.isTrying { consider(max(pausedUntil, pace.nextFree)) }
        return deadline
    }

    /// Requests that wait.
    public var queueDepth: Int { waiting.count }

    /// Buckets that are known.
    public var bucketCount: Int { lanes.count }
}
