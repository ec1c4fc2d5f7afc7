internal import Timing

/// What becomes of a request whose attempt has ended.
extension RateLimiter {
    static let attempts = 5
    /// No refusal is answered with haste, whatever the headers say.
    static let leastWait = Duration.milliseconds(250)
    static let unnamedWait = Duration.seconds(1)
    static let unnamedShutOut = Duration.seconds(600)
    /// How long Discord knows a nonce, with a margin.
    static let nonceLife = Duration.seconds(120)
    /// What a second callback needs at least to arrive in time.
    static let callbackTime = Duration.milliseconds(700)

    mutating func completed(_ id: RequestID, _ answer: RateLimitAnswer, at now: Instant) -> [Action] {
        guard let item = inFlight.removeValue(forKey: id) else { return [] }
        buckets[item.request.key]?.learn(answer, at: now)
        if InvalidRequests.isInvalid(answer) {
            refusals.add(at: now)
        }
        let actions = judge(item, answer, at: now)
        return item.attempts == .max ? actions.filter { $0 != .deliver(id) } : actions
    }

    private mutating func judge(_ item: Item, _ answer: RateLimitAnswer, at now: Instant) -> [Action] {
        switch answer.status {
        case 401 where !item.request.isInteraction:
            isTokenRejected = true
            return [.deliver(item.id), .tokenRejected]
        case 403 where !answer.isJSON, 429 where !answer.isJSON:
            let wait = max(answer.retryAfter ?? Self.unnamedShutOut, Self.leastWait)
            shutOutUntil = now.advanced(by: wait)
            return [.report(.shutOut(wait)), .deliver(item.id)]
        case 429:
            return limited(item, answer, at: now)
        case 500, 502, 503, 504, 520...524:
            var item = item
            item.mayBeDone = true
            return retry(item, mayBeDone: true, at: now) ?? [.deliver(item.id)]
        default:
            return [.deliver(item.id)]
        }
    }

    private mutating func limited(_ item: Item, _ answer: RateLimitAnswer, at now: Instant) -> [Action] {
        let wait = max(answer.retryAfter ?? Self.unnamedWait, Self.leastWait)
        let until = now.advanced(by: wait)
        let notice = Action.report(.rateLimited(answer.scope, template: item.request.key.template, wait: wait))
        if answer.scope == .global {
            pausedUntil = max(pausedUntil, until)
        } else if answer.remaining ?? 0 == 0 || answer.scope == .shared {
            buckets[item.request.key]?.block(until: until)
        }
        // Otherwise the bucket has room and it is this request's content that was limited.
        guard item.attempts < Self.attempts, until < item.request.expires else { return [notice, .deliver(item.id)] }
        var item = item
        item.notBefore = until
        insert(item)
        return [notice]
    }

    mutating func failed(_ id: RequestID, sent: Bool, at now: Instant) -> [Action] {
        guard var item = inFlight.removeValue(forKey: id) else { return [] }
        buckets[item.request.key]?.release()
        guard item.attempts < .max else { return [] }
        item.mayBeDone = item.mayBeDone || sent
        return retry(item, mayBeDone: sent, at: now) ?? [.fail(id, .unreachable(mayBeDone: item.mayBeDone))]
    }

    /// Queues another attempt; nil where the request's rule, its age or its attempts forbid one.
    private mutating func retry(_ item: Item, mayBeDone: Bool, at now: Instant) -> [Action]? {
        var item = item
        guard item.attempts < Self.attempts, !mayBeDone || isRepeatable(item, at: now) else { return nil }
        let isHasty = item.request.retry == .callback
        let wait = isHasty ? jitter.duration(to: .milliseconds(200)) : item.backoff.next(&jitter)
        item.notBefore = now.advanced(by: wait)
        guard item.notBefore < item.request.expires else { return nil }
        insert(item)
        return [.report(.retrying(template: item.request.key.template, wait: wait))]
    }

    private func isRepeatable(_ item: Item, at now: Instant) -> Bool {
        switch item.request.retry {
        case .idempotent: true
        case .guardedByNonce: (item.firstStart ?? now).advanced(by: Self.nonceLife) > now
        case .callback: item.attempts < 2 && now.advanced(by: Self.callbackTime) < item.request.expires
        case .onlyUnsent: false
        }
    }
}
