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
    private var expiries = Line<Due>()
    /// Requests that wait by themselves before they stand in line again.
    private var delayed = Line<Due>()
    /// Lanes whose bucket opens at an instant.
    var timed = Line<Due>()
    var ready = ReadyLanes()
    /// All that wait but interactions, to find who gives way.
    private var others = Line<Place>()

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

extension RateLimiter {
    private mutating func enqueue(_ id: RequestID, _ request: Request, at now: Instant) -> [Action] {
        guard inFlight[id] == nil, waiting[id] == nil else { return [] }
        if let failure = refusal(of: request, at: now) { return [.fail(id, failure)] }
        nextNumber += 1
        let place = Place(priority: request.priority, order: nextNumber, id: id)
        guard let displaced = makeRoom(for: place, at: now) else { return [.fail(id, .queueFull)] }
        wait(Item(request: request, place: place, lane: lane(for: request, at: now)), at: now)
        return displaced
    }

    /// Whoever has to give way; nil where `place` does not come before anyone.
    private mutating func makeRoom(for place: Place, at now: Instant) -> [Action]? {
        if place.priority == .interaction {
            return waiting.count - others.count < Self.interactionCapacity ? [] : nil
        }
        guard others.count >= Self.capacity, let last = others.last else { return [] }
        guard place < last else { return nil }
        withdraw(last.id, at: now)
        return [.fail(last.id, .queueFull)]
    }

    /// Puts a request in line, or aside until it may be. One that was tried before keeps its place.
    mutating func wait(_ item: Item, at now: Instant) {
        waiting[item.id] = item
        expiries.insert(item.expiry)
        if item.place.priority < .interaction { others.insert(item.place) }
        if item.notBefore > now {
            delayed.insert(item.delay)
        } else {
            lanes[item.lane]?.line.insert(item.place)
            list(item.lane, at: now)
        }
    }

    /// Takes a request out of every line.
    @discardableResult
    private mutating func withdraw(_ id: RequestID, at now: Instant) -> Item? {
        guard let item = waiting.removeValue(forKey: id) else { return nil }
        expiries.remove(item.expiry)
        delayed.remove(item.delay)
        others.remove(item.place)
        lanes[item.lane]?.line.remove(item.place)
        list(item.lane, at: now)
        return item
    }

    private mutating func cancel(_ id: RequestID, at now: Instant) {
        withdraw(id, at: now)
        // What is on its way still counts; its answer is wanted for the bucket, and for nothing else.
        inFlight[id]?.isAbandoned = true
    }

    /// Why a request is not worth waiting, if it is not.
    func refusal(of request: Request, at now: Instant) -> Failure? {
        if isTokenRejected, !request.isInteraction { return .tokenRejected }
        if circuit.isOpen(at: now) { return .shutOut }
        if level == .stop, !request.isInteraction { return .tooManyRefusals }
        if request.speaks, let code = request.channel.flatMap({ refusedChannels.code(for: $0, at: now) }) {
            return .channelRefused(code: code)
        }
        return request.expires <= now ? .expired : nil
    }

    /// Fails all that wait in vain, after something has changed for many.
    mutating func dismiss(at now: Instant) -> [Action] {
        let failing = waiting.values.compactMap { item in refusal(of: item.request, at: now).map { (item.place, $0) } }
        return failing.sorted { $0.0 < $1.0 }.map { place, failure in
            withdraw(place.id, at: now)
            return .fail(place.id, failure)
        }
    }

    /// Adapts to the number of refusals, which also falls by itself.
    mutating func heed(_ now: Instant) -> [Action] {
        let count = refusals.count(at: now)
        let before = level
        level = InvalidRequests.Level(count: count)
        pace.interval = level == .calm ? Self.interval : Self.slowInterval
        guard level > before else { return [] }
        return [.report(level == .stop ? .stopped(refusals: count) : .slowed(refusals: count))] + dismiss(at: now)
    }
}

extension RateLimiter {
    private mutating func dropExpired(at now: Instant, into actions: inout [Action]) {
        while let due = expiries.first, due.instant <= now {
            let id = RequestID(rawValue: due.number)
            guard let item = withdraw(id, at: now) else { preconditionFailure("an expiry without a request") }
            actions.append(.fail(id, item.wasUnanswered ? .unreachable(mayBeDone: item.mayBeDone) : .expired))
        }
    }

    private mutating func lineUpDelayed(at now: Instant) {
        while let due = delayed.first, due.instant <= now {
            delayed.remove(due)
            guard let item = waiting[RequestID(rawValue: due.number)] else { continue }
            lanes[item.lane]?.line.insert(item.place)
            list(item.lane, at: now)
        }
    }

    private mutating func openLanes(at now: Instant) {
        while let due = timed.first, due.instant <= now {
            list(due.number, at: now)
        }
    }

    private func nextTurn(at now: Instant) -> Turn? {
        guard !circuit.isTrying, !circuit.isOpen(at: now) else { return nil }
        let other = pausedUntil <= now && pace.nextFree <= now ? ready.others.first : nil
        guard let interaction = ready.interactions.first else { return other }
        return other.map { min($0, interaction) } ?? interaction
    }

    private mutating func start(_ turn: Turn, at now: Instant) -> Action {
        let id = turn.place.id
        guard var item = withdraw(id, at: now) else { preconditionFailure("a lane that may go has nobody in line") }
        item.attempts += 1
        item.firstStart = item.firstStart ?? now
        inFlight[id] = item
        circuit.started(id)
        if !item.request.isInteraction { pace.take(at: now) }
        reserve(turn.lane, at: now)
        list(turn.lane, at: now)
        return .start(id)
    }

    /// A bucket that Discord now calls something else has other limits: it finds out anew once what was counted has come back.
    private mutating func reserve(_ id: LaneID, at now: Instant) {
        guard let lane = lanes[id] else { return }
        if let name = lane.bucket.name, name != bucketNames[lane.key.kind], lane.bucket.isFull(at: now) {
            lanes[id]?.bucket.forget()
        }
        lanes[id]?.bucket.reserve(at: now)
    }
}
