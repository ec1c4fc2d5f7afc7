import Discord
import Testing
import Timing

@Suite("the rate limiter’s buckets")
struct RateLimiterBucketTests: LimiterWalk {
    var limiter = RateLimiter.calm()

    @Test("fill up one by one, where two answers show it")
    mutating func sliding() throws {
        #expect(enqueue(Array(repeating: try create(), count: 9)) == [.start(id(1))])
        #expect(complete(1, ok(limit: 3, remaining: 2, reset: 1)) == [.deliver(id(1)), .start(id(2)), .start(id(3))])
        _ = complete(2, ok(limit: 3, remaining: 1, reset: 2))
        _ = complete(3, ok(limit: 3, remaining: 0, reset: 3))
        #expect(limiter.deadline == second(1))
        #expect(limiter.handle(.tick, at: second(1)) == [.start(id(4))])
        _ = complete(4, ok(limit: 3, remaining: 0, reset: 3), at: 1)
        #expect(limiter.deadline == second(2))
    }

    @Test("fill up at once, where the time to a full one does not grow with what is used")
    mutating func window() throws {
        _ = enqueue(Array(repeating: try create(), count: 9))
        _ = complete(1, ok(limit: 3, remaining: 2, reset: 3))
        _ = complete(2, ok(limit: 3, remaining: 1, reset: 2.9), at: 0.1)
        _ = complete(3, ok(limit: 3, remaining: 0, reset: 2.8), at: 0.2)
        #expect(limiter.deadline == second(3))
        #expect(limiter.handle(.tick, at: second(3)).count == 3)
    }

    @Test("fill up at once, where the first answer came at the end of a window that the clock on the wall had opened")
    mutating func alignedWindow() throws {
        _ = enqueue(Array(repeating: try create(), count: 9))
        _ = complete(1, ok(limit: 3, remaining: 2, reset: 0.1))
        _ = complete(2, ok(limit: 3, remaining: 1, reset: 2.9), at: 0.2)
        _ = complete(3, ok(limit: 3, remaining: 0, reset: 2.8), at: 0.3)
        #expect(limiter.deadline == second(3.1))
    }

    @Test("fill up at once, where the next window is longer than what was left of the first, but not by as much as was used")
    mutating func alignedWindowInUse() throws {
        _ = enqueue(Array(repeating: try create(), count: 9))
        _ = complete(1, ok(limit: 5, remaining: 4, reset: 2))
        _ = complete(2, ok(limit: 5, remaining: 0, reset: 4.9), at: 2.1)
        #expect(limiter.deadline == second(7))
    }

    @Test("are no longer taken to fill up one by one after a limit was met")
    mutating func distrust() throws {
        _ = enqueue(Array(repeating: try create(), count: 9))
        _ = complete(1, ok(limit: 3, remaining: 2, reset: 1))
        _ = complete(2, ok(limit: 3, remaining: 1, reset: 2))
        let limited = RateLimitAnswer(
            status: 429, limit: 3, remaining: 0, resetAfter: .seconds(3), bucket: "b", scope: .user, retryAfter: .seconds(3))
        _ = complete(3, limited)
        #expect(limiter.handle(.tick, at: second(3)) == [.start(id(3))])
        #expect(complete(3, ok(limit: 3, remaining: 0, reset: 3), at: 3) == [.deliver(id(3))])
        #expect(limiter.deadline == second(6))
    }

    @Test("that fill up one by one are never overrun and lose no time", arguments: 1...20 as ClosedRange<UInt64>)
    mutating func strictServer(seed: UInt64) throws {
        var chance = Jitter(seed: seed)
        var server = SlidingServer(limit: 5, interval: .seconds(1))
        let ended = try serve(Array(repeating: try create(expires: 10_000), count: 60), &chance, delay: .milliseconds(100)) {
            server.answer(at: $0)
        }
        #expect(server.refusals == 0)
        // 60 units take 55 s; a window of five waits five seconds for its full reset.
        #expect(ended < second(62))
    }

    @Test("that refill faster than answers travel are not overrun either", arguments: 1...20 as ClosedRange<UInt64>)
    mutating func slowLine(seed: UInt64) throws {
        var chance = Jitter(seed: seed)
        var server = SlidingServer(limit: 3, interval: .milliseconds(100))
        _ = try serve(Array(repeating: try create(expires: 10_000), count: 60), &chance, delay: .milliseconds(500)) {
            server.answer(at: $0)
        }
        #expect(server.refusals == 0)
    }

    /// Carries requests to a server and answers back, each with a delay of its own; returns when the last answer came.
    private mutating func serve(
        _ requests: [RateLimiter.Request], _ chance: inout Jitter, delay: Duration, _ answer: (Instant) -> RateLimitAnswer
    ) throws -> Instant {
        var (outward, homeward):
            ([(due: Instant, id: RateLimiter.RequestID)], [(Instant, RateLimiter.RequestID, RateLimitAnswer)])
        (outward, homeward) = ([], [])
        var actions = enqueue(requests)
        var (now, delivered) = (Instant.origin, 0)
        while delivered < requests.count {
            for case .start(let id) in actions {
                outward.append((now.advanced(by: chance.duration(to: delay)), id))
            }
            delivered += actions.count { if case .deliver = $0 { true } else { false } }
            actions = []
            let dues = [outward.map(\.due).min(), homeward.map(\.0).min(), limiter.deadline].compactMap { $0 }
            guard let next = dues.min() else { break }
            now = max(now, next)
            if let place = outward.firstIndex(where: { $0.due <= now }) {
                let id = outward.remove(at: place).id
                homeward.append((now.advanced(by: chance.duration(to: delay)), id, answer(now)))
            } else if let place = homeward.firstIndex(where: { $0.0 <= now }) {
                let (_, id, answer) = homeward.remove(at: place)
                actions = limiter.handle(.completed(id, answer), at: now)
            } else {
                actions = limiter.handle(.tick, at: now)
            }
        }
        #expect(delivered == requests.count)
        return now
    }

    /// Discord's leaky bucket, as far as it can be seen: each request takes a unit, and one comes back each interval.
    private struct SlidingServer {
        let limit: Int
        let interval: Duration
        var refusals = 0
        private var fullAt = Instant.origin

        init(limit: Int, interval: Duration) {
            self.limit = limit
            self.interval = interval
        }

        mutating func answer(at now: Instant) -> RateLimitAnswer {
            let used = max(.zero, now.duration(to: fullAt))
            guard used + interval <= interval * limit else {
                refusals += 1
                let wait = used + interval - interval * limit
                return RateLimitAnswer(status: 429, limit: limit, remaining: 0, resetAfter: used, bucket: "b", retryAfter: wait)
            }
            fullAt = max(fullAt, now).advanced(by: interval)
            let left = interval * limit - now.duration(to: fullAt)
            return RateLimitAnswer(
                status: 200, limit: limit, remaining: Int((left / interval).rounded(.down)), resetAfter: now.duration(to: fullAt),
                bucket: "b")
        }
    }

    @Test("of one name are counted apart for each method")
    mutating func methods() throws {
        _ = enqueue([try create(), try edit()])
        _ = complete(1, ok(remaining: 0))
        _ = complete(2, ok(remaining: 4))
        #expect(enqueue([try create(), try edit()], from: 3) == [.start(id(4))])
    }

    @Test("are found out anew in every channel when Discord calls them something else")
    mutating func renamed() throws {
        _ = enqueue([try create(in: 1), try create(in: 2)])
        _ = complete(1, ok(remaining: 4, bucket: "old"))
        _ = complete(2, ok(remaining: 4, bucket: "old"))
        _ = enqueue([try create(in: 1)], from: 3, at: 1)
        _ = complete(3, ok(limit: 2, remaining: 1, bucket: "new"), at: 1)
        // What was counted under the old name still holds, then a single request goes ahead.
        #expect(enqueue([try create(in: 2)], from: 4, at: 1) == [.start(id(4))])
        _ = complete(4, ok(remaining: 3, reset: 4, bucket: "old"), at: 1)
        _ = enqueue([try create(in: 1)], from: 5, at: 2)
        _ = complete(5, ok(limit: 2, remaining: 0, bucket: "new"), at: 2)
        #expect(enqueue([try create(in: 2), try create(in: 2), try create(in: 2)], from: 6, at: 20) == [.start(id(6))])
        #expect(complete(6, ok(limit: 2, remaining: 1, bucket: "new"), at: 20) == [.deliver(id(6)), .start(id(7))])
    }

    @Test("are forgotten when they are full again, so that they stay few")
    mutating func bounded() throws {
        var most = 0
        for number in 1...12_000 as ClosedRange<UInt64> {
            let now = Double(number) * 0.03
            let started = limiter.handle(
                .enqueue(id(number), try create(in: Snowflake(rawValue: number), expires: 999)), at: second(now))
            #expect(started == [.start(id(number))])
            _ = complete(number, ok(remaining: 4), at: now)
            most = max(most, limiter.bucketCount)
        }
        #expect(most <= 5_200)
    }

    @Test("are few even where none ever fills up again")
    mutating func endless() throws {
        for number in 1...12_000 as ClosedRange<UInt64> {
            let now = Double(number) * 0.03
            _ = limiter.handle(.enqueue(id(number), try create(in: Snowflake(rawValue: number), expires: 999)), at: second(now))
            _ = complete(number, ok(remaining: 4, reset: 600_000), at: now)
        }
        #expect(limiter.bucketCount <= 5_200)
    }

    @Test("of a route keep what waits for one of them when others are forgotten")
    mutating func busy() throws {
        _ = enqueue([try create(in: 1, expires: 999), try create(in: 1, expires: 999)], from: 100_001)
        for number in 2...6_000 as ClosedRange<UInt64> {
            let now = Double(number) * 0.03
            _ = limiter.handle(.enqueue(id(number), try create(in: Snowflake(rawValue: number), expires: 999)), at: second(now))
            _ = complete(number, ok(remaining: 4), at: now)
        }
        #expect(complete(100_001, ok(remaining: 4), at: 200) == [.deliver(id(100_001)), .start(id(100_002))])
    }
}
