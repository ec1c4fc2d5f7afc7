internal import Timing

/// Whose time has come.
extension RateLimiter {
    mutating func dropExpired(at now: Instant, into actions: inout [Action]) {
        while let due = expiries.first, due.instant <= now {
            let id = RequestID(rawValue: due.number)
            guard let item = withdraw(id, at: now) else { preconditionFailure("an expiry without a request") }
            actions.append(.fail(id, item.wasUnanswered ? .unreachable(mayBeDone: item.mayBeDone) : .expired))
        }
    }

    mutating func lineUpDelayed(at now: Instant) {
        while let due = delayed.first, due.instant <= now {
            delayed.remove(due)
            guard let item = waiting[RequestID(rawValue: due.number)] else { continue }
            lanes[item.lane]?.line.insert(item.place)
            list(item.lane, at: now)
        }
    }

    mutating func openLanes(at now: Instant) {
        while let due = timed.first, due.instant <= now {
            list(due.number, at: now)
        }
    }

    func nextTurn(at now: Instant) -> Turn? {
        guard !circuit.isTrying, !circuit.isOpen(at: now) else { return nil }
        let other = pausedUntil <= now && pace.nextFree <= now ? ready.others.first : nil
        guard let interaction = ready.interactions.first else { return other }
        return other.map { min($0, interaction) } ?? interaction
    }

    mutating func start(_ turn: Turn, at now: Instant) -> Action {
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
