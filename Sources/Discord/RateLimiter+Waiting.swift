internal import Timing

/// Who waits, who has to give way, and who waits in vain.
extension RateLimiter {
    mutating func enqueue(_ id: RequestID, _ request: Request, at now: Instant) -> [Action] {
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
    mutating func withdraw(_ id: RequestID, at now: Instant) -> Item? {
        guard let item = waiting.removeValue(forKey: id) else { return nil }
        expiries.remove(item.expiry)
        delayed.remove(item.delay)
        others.remove(item.place)
        lanes[item.lane]?.line.remove(item.place)
        list(item.lane, at: now)
        return item
    }

    mutating func cancel(_ id: RequestID, at now: Instant) {
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
