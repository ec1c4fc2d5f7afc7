internal import Timing

/// What becomes of a request whose attempt has ended.
extension RateLimiter {
    static let attempts = 5
    /// No refusal is answered with haste, whatever the headers say.
    static let leastWait = Duration.milliseconds(250)
    static let unnamedWait = Duration.seconds(1)
    /// How long Discord knows a nonce, with a margin.
    static let nonceLife = Duration.seconds(120)
    /// What a second callback needs at least to arrive in time.
    static let callbackTime = Duration.milliseconds(700)

    mutating func completed(_ id: RequestID, _ answer: RateLimitAnswer, at now: Instant) -> [Action] {
        guard let item = inFlight.removeValue(forKey: id) else { return [] }
        if let name = answer.bucket { bucketNames[item.request.key.kind] = name }
        lanes[item.lane]?.bucket.learn(answer, at: now)
        if InvalidRequests.isInvalid(answer) {
            refusals.add(at: now)
        }
        let actions = judge(item, answer, at: now) + heed(now)
        list(item.lane, at: now)
        return item.isAbandoned ? actions.filter { !$0.ends(id) } : actions
    }

    private mutating func judge(_ item: Item, _ answer: RateLimitAnswer, at now: Instant) -> [Action] {
        if answer.isFromEdge { return shutOut(item, answer, at: now) }
        let isAdmitted = circuit.answered(item.id)
        let verdict = weigh(item, answer, at: now)
        return isAdmitted ? [.report(.admitted)] + verdict : verdict
    }

    private mutating func shutOut(_ item: Item, _ answer: RateLimitAnswer, at now: Instant) -> [Action] {
        let wait = circuit.shutOut(retryAfter: answer.retryAfter, at: now)
        return [.report(.shutOut(wait)), .fail(item.id, .shutOut)] + dismiss(at: now)
    }

    private mutating func weigh(_ item: Item, _ answer: RateLimitAnswer, at now: Instant) -> [Action] {
        switch answer.status {
        case 401 where !item.request.isInteraction:
            guard !isTokenRejected else { return [.deliver(item.id)] }
            isTokenRejected = true
            return [.deliver(item.id), .tokenRejected] + dismiss(at: now)
        case 429:
            return limited(item, answer, at: now)
        case 500, 502, 503, 504, 520...524:
            var item = item
            item.mayBeDone = true
            item.wasUnanswered = true
            return retry(item, mayBeDone: true, at: now) ?? [.deliver(item.id)]
        default:
            return [.deliver(item.id)] + noteChannel(item.request, answer, at: now)
        }
    }

    /// Remembers where the bot may not speak, and forgets it where it could.
    private mutating func noteChannel(_ request: Request, _ answer: RateLimitAnswer, at now: Instant) -> [Action] {
        guard let channel = request.channel else { return [] }
        if request.speaks, (200...299).contains(answer.status) { refusedChannels.clear(channel) }
        guard RefusedChannels.isRefusal(answer), let code = answer.code else { return [] }
        refusedChannels.note(channel, code: code, at: now)
        return [.report(.channelRefused(channel, code: code))] + dismiss(at: now)
    }

    private mutating func limited(_ item: Item, _ answer: RateLimitAnswer, at now: Instant) -> [Action] {
        let wait = max(answer.retryAfter ?? Self.unnamedWait, Self.leastWait)
        let until = now.advanced(by: wait)
        let notice = Action.report(.rateLimited(answer.scope, template: item.request.key.kind.template, wait: wait))
        if answer.scope == .global {
            pausedUntil = max(pausedUntil, until)
        } else if answer.remaining ?? 0 == 0 || answer.scope == .shared {
            lanes[item.lane]?.bucket.block(until: until)
        }
        // Otherwise the bucket has room and it is this request's content that was limited.
        guard item.attempts < Self.attempts, until < item.request.expires else { return [notice, .deliver(item.id)] }
        return [notice] + again(item, at: until, now)
    }

    mutating func failed(_ id: RequestID, sent: Bool, at now: Instant) -> [Action] {
        guard var item = inFlight.removeValue(forKey: id) else { return [] }
        lanes[item.lane]?.bucket.release()
        circuit.failed(id, at: now)
        list(item.lane, at: now)
        guard !item.isAbandoned else { return [] }
        item.mayBeDone = item.mayBeDone || sent
        item.wasUnanswered = true
        return retry(item, mayBeDone: sent, at: now) ?? [.fail(id, .unreachable(mayBeDone: item.mayBeDone))]
    }

    /// Puts a request in line for another attempt; nil where its rule, its age or its attempts forbid one.
    private mutating func retry(_ item: Item, mayBeDone: Bool, at now: Instant) -> [Action]? {
        var item = item
        guard item.attempts < Self.attempts, mayBeDone ? isRepeatable(item, at: now) : item.request.retry != .never
        else { return nil }
        let isHasty = item.request.retry == .callback
        let wait = isHasty ? jitter.duration(to: .milliseconds(200)) : item.backoff.next(&jitter)
        let instant = now.advanced(by: wait)
        guard instant < item.request.expires else { return nil }
        return [.report(.retrying(template: item.request.key.kind.template, wait: wait))] + again(item, at: instant, now)
    }

    private mutating func again(_ item: Item, at instant: Instant, _ now: Instant) -> [Action] {
        guard !item.isAbandoned else { return [] }
        if let failure = refusal(of: item.request, at: now) { return [.fail(item.id, failure)] }
        var item = item
        item.notBefore = instant
        wait(item, at: now)
        return []
    }

    private func isRepeatable(_ item: Item, at now: Instant) -> Bool {
        switch item.request.retry {
        case .idempotent: true
        case .guardedByNonce: (item.firstStart ?? now).advanced(by: Self.nonceLife) > now
        case .callback: item.attempts < 2 && now.advanced(by: Self.callbackTime) < item.request.expires
        case .onlyUnsent, .never: false
        }
    }
}

extension RateLimiter.Action {
    /// Whether the request ends with it.
    fileprivate func ends(_ id: RateLimiter.RequestID) -> Bool {
        switch self {
        case .deliver(id), .fail(id, _): true
        default: false
        }
    }
}
