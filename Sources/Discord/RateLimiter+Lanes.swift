internal import Timing

extension RateLimiter {
    /// The number of a lane.
    typealias LaneID = UInt64

    /// The requests that wait for one bucket.
    struct Lane: Equatable, Sendable {
        let key: Key
        let isInteraction: Bool
        var bucket = RateBucket()
        var line = Line<Place>()
        var standing = Standing.nowhere

        /// Where the lane is listed.
        enum Standing: Equatable, Sendable {
            /// Nobody waits, or an answer must come first.
            case nowhere
            /// Among those that wait for an instant.
            case timed(Instant)
            /// Among those that may go, by the first of its line.
            case ready(Place)
        }

        func due(at now: Instant) -> Standing {
            guard let first = line.first, case .at(let instant) = bucket.readiness else { return .nowhere }
            return instant <= now ? .ready(first) : .timed(instant)
        }
    }

    /// A place among those that wait: the more urgent go first, then the older.
    struct Place: Comparable, Sendable {
        let priority: Priority
        let order: UInt64
        let id: RequestID

        static func < (left: Place, right: Place) -> Bool {
            (right.priority, left.order) < (left.priority, right.order)
        }
    }

    /// A lane that may go now.
    struct Turn: Comparable, Sendable {
        let place: Place
        let lane: LaneID

        static func < (left: Turn, right: Turn) -> Bool {
            left.place < right.place
        }
    }

    /// Something that is due at an instant: a request's or a lane's number.
    struct Due: Comparable, Sendable {
        let instant: Instant
        let number: UInt64

        static func < (left: Due, right: Due) -> Bool {
            (left.instant, left.number) < (right.instant, right.number)
        }
    }

    /// The lane that a request belongs to, made where there is none.
    mutating func lane(for request: Request, at now: Instant) -> LaneID {
        if let known = laneIDs[request.key] { return known }
        if lanes.count >= sweepsAt { forgetIdleLanes(at: now) }
        nextNumber += 1
        laneIDs[request.key] = nextNumber
        lanes[nextNumber] = Lane(key: request.key, isInteraction: request.isInteraction)
        return nextNumber
    }

    /// Lists a lane where it belongs, after its line or its bucket has changed.
    mutating func list(_ id: LaneID, at now: Instant) {
        guard let before = lanes[id]?.standing, let due = lanes[id]?.due(at: now), due != before,
            let isInteraction = lanes[id]?.isInteraction
        else { return }
        switch before {
        case .nowhere: break
        case .timed(let instant): timed.remove(Due(instant: instant, number: id))
        case .ready(let place): ready[isInteraction].remove(Turn(place: place, lane: id))
        }
        switch due {
        case .nowhere: break
        case .timed(let instant): timed.insert(Due(instant: instant, number: id))
        case .ready(let place): ready[isInteraction].insert(Turn(place: place, lane: id))
        }
        lanes[id]?.standing = due
    }

    /// Forgets the buckets of which nothing need be known, and where that is not enough, those that merely are not full again: the
    /// next request there finds out anew. Seldom done, so that a step costs little however many there are.
    private mutating func forgetIdleLanes(at now: Instant) {
        let busy = Set(inFlight.values.lazy.map(\.lane)).union(waiting.values.lazy.map(\.lane))
        lanes = lanes.filter { busy.contains($0.key) || !$0.value.bucket.isFull(at: now) }
        if lanes.count >= Self.bucketsKept {
            lanes = lanes.filter { busy.contains($0.key) }
        }
        laneIDs = laneIDs.filter { lanes[$0.value] != nil }
        sweepsAt = max(Self.bucketsKept, lanes.count + 1_024)
    }
}

/// The lanes that may go: interactions apart from those that keep the common pace.
struct ReadyLanes: Equatable, Sendable {
    var interactions = Line<RateLimiter.Turn>()
    var others = Line<RateLimiter.Turn>()

    subscript(isInteraction: Bool) -> Line<RateLimiter.Turn> {
        get { isInteraction ? interactions : others }
        _modify {
            if isInteraction { yield &interactions } else { yield &others }
        }
    }
}
