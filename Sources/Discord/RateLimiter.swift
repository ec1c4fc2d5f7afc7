public import Timing

/// Decides when each request to Discord may go, and what to do with the ones that fail.
///
///     queued ─ start → in flight ─ deliver | fail → gone
///        ↑                │
///        └── not before ──┘   (429, 5xx or a broken connection, where the request's rule allows another attempt)
///
/// A request starts when its bucket has room, the global pace allows it (interactions are exempt), and no refusal holds it
/// back. More urgent ones go first, then older ones. Everything ends: by an answer, by its expiry, or by a bounded number of
/// attempts. The shell reports each started request back exactly once.
public struct RateLimiter: Equatable, Sendable {
    /// The most requests that may wait.
    public static let capacity = 1_000

    var queue: [Item] = []
    var inFlight: [RequestID: Item] = [:]
    var buckets: [Key: RateBucket] = [:]
    /// Discord allows 50 a second and counts in windows of its own: 45 with a burst of 5 never show it more.
    var pace = Pace(every: Self.interval, burst: 5)
    var pausedUntil = Instant.origin
    var shutOutUntil = Instant.origin
    var refusals = InvalidRequests()
    var isTokenRejected = false
    var jitter: Jitter
    private var nextOrder = 0

    static let interval = Duration.seconds(1) / 45
    static let slowInterval = Duration.seconds(1) / 5
    static let bucketsKept = 4_096

    struct Item: Equatable, Sendable {
        let id: RequestID
        let request: Request
        let order: Int
        var attempts = 0
        var notBefore = Instant.origin
        var firstStart: Instant?
        var mayBeDone = false
        var backoff = Backoff(base: .milliseconds(500), cap: .seconds(10))

        func precedes(_ other: Item) -> Bool {
            (other.request.priority, order) < (request.priority, other.order)
        }
    }

    public init(jitter: Jitter) {
        self.jitter = jitter
    }

    /// Takes in what happened and returns what to do about it, in order.
    public mutating func handle(_ input: Input, at now: Instant) -> [Action] {
        let actions: [Action] =
            switch input {
            case .enqueue(let id, let request): enqueue(id, request)
            case .completed(let id, let answer): completed(id, answer, at: now)
            case .failed(let id, let sent): failed(id, sent: sent, at: now)
            case .cancelled(let id): cancel(id)
            case .tick: []
            }
        return actions + startAll(at: now)
    }

    /// When `tick` is wanted next: a request may go, or expires. Nil while none waits.
    public var deadline: Instant? {
        queue.map { item in
            min(item.request.expires, readiness(of: item) ?? item.request.expires)
        }.min()
    }

    /// Requests that wait.
    public var queueDepth: Int {
        queue.count
    }

    private mutating func enqueue(_ id: RequestID, _ request: Request) -> [Action] {
        guard inFlight[id] == nil, !queue.contains(where: { $0.id == id }) else { return [] }
        let item = Item(id: id, request: request, order: nextOrder)
        nextOrder &+= 1
        guard queue.count >= Self.capacity, let last = queue.last else {
            insert(item)
            return []
        }
        guard item.precedes(last) else { return [.fail(id, .queueFull)] }
        queue.removeLast()
        insert(item)
        return [.fail(last.id, .queueFull)]
    }

    /// Puts an item where its priority and age belong; one that was tried before keeps its place.
    mutating func insert(_ item: Item) {
        let place = queue.firstIndex { item.precedes($0) } ?? queue.endIndex
        queue.insert(item, at: place)
    }

    private mutating func cancel(_ id: RequestID) -> [Action] {
        queue.removeAll { $0.id == id }
        // What is on its way still counts; its answer is wanted for the bucket, and for nothing else.
        inFlight[id]?.attempts = .max
        return []
    }

    private mutating func startAll(at now: Instant) -> [Action] {
        guard !queue.isEmpty else { return [] }
        pace.interval = refusals.count(at: now) >= InvalidRequests.slow ? Self.slowInterval : Self.interval
        var actions: [Action] = []
        var waiting: [Item] = []
        for var item in queue {
            if let failure = failure(of: item, at: now) {
                actions.append(.fail(item.id, failure))
            } else if reserve(item, at: now) {
                item.attempts += 1
                item.firstStart = item.firstStart ?? now
                inFlight[item.id] = item
                actions.append(.start(item.id))
            } else {
                waiting.append(item)
            }
        }
        queue = waiting
        forgetIdleBuckets(at: now)
        return actions
    }

    /// Why an item is not worth waiting any longer.
    private mutating func failure(of item: Item, at now: Instant) -> Failure? {
        if isTokenRejected { return .tokenRejected }
        if shutOutUntil > now { return .shutOut }
        if !item.request.isInteraction, refusals.count(at: now) >= InvalidRequests.stop { return .tooManyRefusals }
        return item.request.expires <= now ? .expired : nil
    }

    private mutating func reserve(_ item: Item, at now: Instant) -> Bool {
        guard item.notBefore <= now else { return false }
        let isFree = item.request.isInteraction || (pausedUntil <= now && pace.nextFree <= now)
        guard isFree, buckets[item.request.key, default: RateBucket()].reserve(at: now) else { return false }
        return item.request.isInteraction || pace.take(at: now)
    }

    /// When an item may go if nothing else happens; nil where only an answer can tell.
    private func readiness(of item: Item) -> Instant? {
        guard case .at(let bucket) = (buckets[item.request.key] ?? RateBucket()).readiness else { return nil }
        let own = max(item.notBefore, bucket)
        return item.request.isInteraction ? own : max(own, pausedUntil, pace.nextFree)
    }

    private mutating func forgetIdleBuckets(at now: Instant) {
        guard buckets.count > Self.bucketsKept else { return }
        buckets = buckets.filter { !$0.value.isIdle(at: now) }
    }
}
