import Discord
import Testing
import Timing

@Suite("the rate limiter")
struct RateLimiterTests: LimiterWalk {
    typealias Action = RateLimiter.Action

    var limiter = RateLimiter.calm()

    @Test("finds out about an unknown bucket with one request, then counts before it sends")
    mutating func probes() throws {
        #expect(enqueue(Array(repeating: try create(), count: 5)) == [.start(id(1))])
        let actions = limiter.handle(.completed(id(1), ok(limit: 3, remaining: 2, reset: 2.5)), at: second(0.1))
        #expect(actions == [.deliver(id(1)), .start(id(2)), .start(id(3))])
        #expect(limiter.deadline == second(2.6))
        #expect(limiter.handle(.tick, at: second(2.5)) == [])
        #expect(limiter.handle(.completed(id(2), ok(limit: 3, remaining: 1, reset: 2.4)), at: second(0.2)) == [.deliver(id(2))])
        #expect(limiter.handle(.tick, at: second(2.6)) == [.start(id(4)), .start(id(5))])
    }

    @Test("believes the lowest count of a window, because answers overtake each other")
    mutating func overtaking() throws {
        _ = enqueue(Array(repeating: try create(), count: 8))
        #expect(limiter.handle(.completed(id(1), ok(remaining: 4)), at: .origin).count == 5)
        #expect(limiter.handle(.completed(id(5), ok(remaining: 0)), at: .origin) == [.deliver(id(5))])
        #expect(limiter.handle(.completed(id(2), ok(remaining: 3)), at: .origin) == [.deliver(id(2))])
    }

    @Test("counts channels apart, and routes of one channel too")
    mutating func keys() throws {
        let content = try #require(MessageContent("up"))
        let edit = RateLimiter.Request(.editMessage(5, in: 1, content), priority: .reply, expires: second(9))
        #expect(enqueue([try create(in: 1), try create(in: 2), edit]) == [.start(id(1)), .start(id(2)), .start(id(3))])
    }

    @Test("takes a route without limits for unlimited")
    mutating func unlimited() {
        #expect(enqueue([get(), get(), get()]) == [.start(id(1))])
        let actions = limiter.handle(.completed(id(1), RateLimitAnswer(status: 200)), at: .origin)
        #expect(actions == [.deliver(id(1)), .start(id(2)), .start(id(3))])
    }

    @Test("sends no more than 45 a second after a burst of five, interactions aside")
    mutating func pace() throws {
        let requests = try (1...100).map { try create(in: Snowflake(rawValue: $0)) }
        #expect(enqueue(requests).count == 5)
        #expect(limiter.handle(.enqueue(id(200), callback()), at: .origin) == [.start(id(200))])
        var started = 5
        while let deadline = limiter.deadline, deadline <= second(1) {
            started += limiter.handle(.tick, at: deadline).count
        }
        #expect(started == 50)
    }

    @Test("lets the urgent go first, then the older")
    mutating func priorities() throws {
        _ = enqueue([try create()])
        let waiting: [(UInt64, RateLimiter.Priority)] = [(2, .scheduled), (3, .reply), (4, .interaction), (5, .reply)]
        for (number, priority) in waiting {
            #expect(limiter.handle(.enqueue(id(number), try create(priority)), at: .origin) == [])
        }
        let actions = limiter.handle(.completed(id(1), ok(remaining: 4)), at: second(1))
        #expect(actions == [.deliver(id(1)), .start(id(4)), .start(id(3)), .start(id(5)), .start(id(2))])
    }

    @Test("drops what nobody wants any more")
    mutating func expiry() throws {
        _ = enqueue([try create(), try create(expires: 2)])
        #expect(limiter.deadline == second(2))
        #expect(limiter.handle(.tick, at: second(2)) == [.fail(id(2), .expired)])
        #expect(limiter.handle(.cancelled(id(1)), at: second(2)) == [])
        #expect(limiter.handle(.completed(id(1), ok(remaining: 4)), at: second(3)) == [])
    }

    @Test("says of what expires between two attempts that it may have been carried out", arguments: [true, false])
    mutating func expiryAfterAttempt(sent: Bool) throws {
        _ = enqueue([try create(expires: 60)])
        _ = limiter.handle(.failed(id(1), sent: sent), at: .origin)
        #expect(limiter.handle(.tick, at: second(60)) == [.fail(id(1), .unreachable(mayBeDone: sent))])
    }

    @Test("holds a bounded number, and gives the place of the newest scheduled request to a reply")
    mutating func capacity() throws {
        _ = enqueue(Array(repeating: try create(.scheduled), count: RateLimiter.capacity + 1))
        #expect(limiter.queueDepth == RateLimiter.capacity)
        #expect(limiter.handle(.enqueue(id(5_000), try create(.scheduled)), at: .origin) == [.fail(id(5_000), .queueFull)])
        let last = id(UInt64(RateLimiter.capacity + 1))
        #expect(limiter.handle(.enqueue(id(5_001), try create(.reply)), at: .origin) == [.fail(last, .queueFull)])
        #expect(limiter.queueDepth == RateLimiter.capacity)
    }

    @Test("refuses a reply where replies alone wait")
    mutating func repliesGiveNoWay() throws {
        _ = enqueue(Array(repeating: try create(.reply), count: RateLimiter.capacity + 1))
        #expect(limiter.handle(.enqueue(id(5_000), try create(.reply)), at: .origin) == [.fail(id(5_000), .queueFull)])
    }

    @Test("has room for interactions whatever else waits, and never lets one of them give way")
    mutating func interactionCapacity() throws {
        _ = enqueue(Array(repeating: try create(.reply), count: RateLimiter.capacity + 1))
        for number in 1...RateLimiter.interactionCapacity {
            #expect(limiter.handle(.enqueue(id(UInt64(10_000 + number)), try create(.interaction)), at: .origin) == [])
        }
        let refused = limiter.handle(.enqueue(id(20_000), try create(.interaction)), at: .origin)
        #expect(refused == [.fail(id(20_000), .queueFull)])
        #expect(limiter.queueDepth == RateLimiter.capacity + RateLimiter.interactionCapacity)
    }

    @Test("waits for a limited bucket as long as told, and tries with one request")
    mutating func limited() throws {
        let template = "/channels/{channel}/messages"
        _ = enqueue([try create(), try create(), try create(in: 2)])
        let answer = RateLimitAnswer(status: 429, remaining: 0, scope: .user, retryAfter: .milliseconds(400))
        let actions = limiter.handle(.completed(id(1), answer), at: second(1))
        #expect(actions == [.report(.rateLimited(.user, template: template, wait: .milliseconds(400)))])
        #expect(limiter.deadline == second(1.4))
        #expect(limiter.handle(.tick, at: second(1.4)) == [.start(id(1))])
    }

    @Test("does not believe in no wait at all", arguments: [Duration.zero, .milliseconds(1)])
    mutating func leastWait(retryAfter: Duration) throws {
        _ = enqueue([try create()])
        _ = limiter.handle(.completed(id(1), RateLimitAnswer(status: 429, retryAfter: retryAfter)), at: .origin)
        #expect(limiter.deadline == second(0.25))
    }

    @Test("delays a single request when its bucket has room")
    mutating func limitedByContent() throws {
        _ = enqueue([try create(), try create()])
        let answer = RateLimitAnswer(
            status: 429, limit: 5, remaining: 4, resetAfter: .seconds(5), bucket: "b", scope: .user, retryAfter: .seconds(60))
        let actions = limiter.handle(.completed(id(1), answer), at: .origin)
        #expect(actions.last == .start(id(2)))
        #expect(limiter.deadline == second(60))
    }

    @Test("stops everything but interactions on a global limit")
    mutating func globalLimit() throws {
        _ = enqueue([try create()])
        let answer = RateLimitAnswer(status: 429, scope: .global, retryAfter: .seconds(2))
        _ = limiter.handle(.completed(id(1), answer), at: .origin)
        #expect(limiter.handle(.enqueue(id(2), try create(in: 2)), at: .origin) == [])
        #expect(limiter.handle(.enqueue(id(3), callback()), at: .origin) == [.start(id(3))])
        #expect(limiter.deadline == second(2))
        #expect(limiter.handle(.tick, at: second(2)) == [.start(id(1)), .start(id(2))])
    }

    @Test("hands over a limit that outlasts the request, or that never ends")
    mutating func endlessLimit() throws {
        _ = enqueue([try create(expires: 10)])
        let long = RateLimitAnswer(status: 429, retryAfter: .seconds(11))
        #expect(limiter.handle(.completed(id(1), long), at: .origin).last == .deliver(id(1)))
        _ = limiter.handle(.enqueue(id(2), try create(in: 2)), at: .origin)
        let short = RateLimitAnswer(status: 429, retryAfter: .seconds(1))
        var attempts = 1
        while limiter.handle(.completed(id(2), short), at: second(Double(attempts * 10))).last != .deliver(id(2)) {
            #expect(limiter.handle(.tick, at: second(Double(attempts * 10 + 1))) == [.start(id(2))])
            attempts += 1
        }
        #expect(attempts == 5)
    }

    enum Kind: CaseIterable {
        case get, create, followUp, typing, callback
    }

    private func request(_ kind: Kind) throws -> RateLimiter.Request {
        switch kind {
        case .get: get()
        case .create: try create()
        case .followUp: try followUp()
        case .typing: RateLimiter.Request(.triggerTyping(in: 1), priority: .reply, expires: second(600))
        case .callback: callback()
        }
    }

    @Test(
        "repeats what may be repeated and no more",
        arguments: [
            (.get, 5, 5), (.create, 5, 5), (.followUp, 1, 5), (.typing, 1, 1), (.callback, 2, 5),
        ] as [(Kind, Int, Int)])
    mutating func retries(kind: Kind, whenSent: Int, whenUnsent: Int) throws {
        for (sent, expected) in [(true, whenSent), (false, whenUnsent)] {
            limiter = .calm()
            _ = enqueue([try request(kind)])
            var attempts = 1
            var now = Instant.origin
            var actions = limiter.handle(.failed(id(1), sent: sent), at: now)
            while let deadline = limiter.deadline, attempts < 100 {
                now = deadline
                #expect(limiter.handle(.tick, at: now) == [.start(id(1))])
                attempts += 1
                actions = limiter.handle(.failed(id(1), sent: sent), at: now)
            }
            #expect(actions == [.fail(id(1), .unreachable(mayBeDone: sent))])
            #expect(attempts == expected, "sent: \(sent)")
        }
    }

    @Test(
        "tries again after an error of the server's, and hands over any other answer",
        arguments: [
            (500, true), (502, true), (503, true), (504, true), (520, true), (524, true), (200, false), (204, false),
            (400, false),
            (403, false), (404, false), (501, false), (525, false), (0, false), (-1, false),
        ])
    mutating func statuses(status: Int, isRepeated: Bool) throws {
        _ = enqueue([try create()])
        let actions = limiter.handle(.completed(id(1), RateLimitAnswer(status: status)), at: .origin)
        #expect(actions.contains(.deliver(id(1))) == !isRepeated)
        #expect(limiter.queueDepth == (isRepeated ? 1 : 0))
    }

    @Test("does not repeat a message once Discord may have forgotten its nonce")
    mutating func nonceLife() throws {
        _ = enqueue([try create()])
        #expect(limiter.handle(.failed(id(1), sent: true), at: second(121)) == [.fail(id(1), .unreachable(mayBeDone: true))])
    }

    @Test("does not repeat a callback when too little time is left")
    mutating func lateCallback() {
        _ = enqueue([callback(expires: 3)])
        let actions = limiter.handle(.failed(id(1), sent: true), at: second(2.4))
        #expect(actions == [.fail(id(1), .unreachable(mayBeDone: true))])
    }

    @Test("never exceeds a fixed window that a server counts strictly", arguments: 1...10 as ClosedRange<UInt64>)
    mutating func fixedWindow(seed: UInt64) throws {
        var chance = Jitter(seed: seed)
        var (windowStart, used) = (Instant.origin, 0)
        var travelling: [(due: Instant, id: RateLimiter.RequestID, answer: RateLimitAnswer)] = []
        var delivered = 0
        var actions = enqueue(Array(repeating: try create(expires: 10_000), count: 60))
        var now = Instant.origin
        while true {
            for case .start(let id) in actions {
                if windowStart.advanced(by: .seconds(5)) <= now { (windowStart, used) = (now, 0) }
                used += 1
                #expect(used <= 5)
                let reset = now.duration(to: windowStart.advanced(by: .seconds(5)))
                let answer = RateLimitAnswer(status: 200, limit: 5, remaining: max(0, 5 - used), resetAfter: reset, bucket: "b")
                travelling.append((now.advanced(by: chance.duration(to: .milliseconds(400))), id, answer))
            }
            delivered += actions.count { if case .deliver = $0 { true } else { false } }
            travelling.sort { $0.due < $1.due }
            let arrival = travelling.first?.due
            guard let next = [arrival, limiter.deadline].compactMap({ $0 }).min() else { break }
            now = max(now, next)
            if let arrival, arrival <= now {
                let (_, id, answer) = travelling.removeFirst()
                actions = limiter.handle(.completed(id, answer), at: now)
            } else {
                actions = limiter.handle(.tick, at: now)
            }
        }
        #expect(delivered == 60)
    }
}
