import Discord
import Testing
import Timing

@Suite("the rate limiter, near a ban")
struct RateLimiterBreakerTests: LimiterWalk {
    var limiter = RateLimiter.calm()

    private let page = RateLimitAnswer(status: 429, retryAfter: .seconds(60), isJSON: false)

    @Test("stops using a token that Discord refused, and says so once")
    mutating func tokenRejected() throws {
        _ = enqueue([try create(), try create(), get()])
        #expect(complete(1, RateLimitAnswer(status: 401)) == [.deliver(id(1)), .tokenRejected, .fail(id(2), .tokenRejected)])
        #expect(complete(3, RateLimitAnswer(status: 401)) == [.deliver(id(3))])
        #expect(limiter.handle(.enqueue(id(4), get()), at: second(9)) == [.fail(id(4), .tokenRejected)])
    }

    @Test("fails what waits when the gateway says that the token is not valid, and still answers interactions")
    mutating func tokenRejectedByGateway() throws {
        _ = enqueue([try create(), try create(), try create()])
        let actions = limiter.handle(.tokenRejected, at: second(1))
        #expect(actions == [.fail(id(2), .tokenRejected), .fail(id(3), .tokenRejected)])
        #expect(limiter.handle(.failed(id(1), sent: false), at: second(1)).last == .fail(id(1), .tokenRejected))
        #expect(limiter.handle(.enqueue(id(4), callback()), at: second(1)) == [.start(id(4))])
    }

    @Test("takes an interaction's expired token for what it is")
    mutating func expiredInteraction() throws {
        _ = enqueue([callback()])
        #expect(complete(1, RateLimitAnswer(status: 401, code: 50_027)) == [.deliver(id(1))])
        #expect(limiter.handle(.enqueue(id(2), get()), at: .origin) == [.start(id(2))])
    }

    @Test(
        "fails at once while the network in front of Discord shuts it out",
        arguments: [
            RateLimitAnswer(status: 403, retryAfter: .seconds(60), isJSON: false),
            RateLimitAnswer(status: 429, retryAfter: .seconds(60), isJSON: false),
            RateLimitAnswer(status: 429, retryAfter: .seconds(60), hasVia: false),
        ])
    mutating func shutOut(answer: RateLimitAnswer) throws {
        _ = enqueue([try create(), try create()])
        #expect(complete(1, answer) == [.report(.shutOut(.seconds(60))), .fail(id(1), .shutOut), .fail(id(2), .shutOut)])
        #expect(limiter.handle(.enqueue(id(3), callback(expires: 90)), at: second(59)) == [.fail(id(3), .shutOut)])
        #expect(limiter.handle(.enqueue(id(4), get()), at: second(60)) == [.start(id(4))])
    }

    @Test(
        "stays away for a bounded time",
        arguments: [(nil, 600), (.zero, 1), (.seconds(66_271), 3_600)] as [(Duration?, Double)])
    mutating func boundedWait(retryAfter: Duration?, seconds: Double) throws {
        _ = enqueue([get()])
        let answer = RateLimitAnswer(status: 429, retryAfter: retryAfter, isJSON: false)
        #expect(complete(1, answer).first == .report(.shutOut(.seconds(seconds))))
    }

    @Test("comes back with a single request, and with all once that is answered")
    mutating func halfOpen() throws {
        _ = enqueue([get()])
        _ = complete(1, page)
        #expect(enqueue([try create(in: 1), try create(in: 2), callback(expires: 99)], from: 2, at: 60) == [.start(id(2))])
        #expect(limiter.handle(.tick, at: second(61)) == [])
        #expect(limiter.deadline == second(99))
        #expect(
            complete(2, ok(remaining: 4), at: 62) == [
                .report(.admitted), .deliver(id(2)), .start(id(4)), .start(id(3)),
            ])
    }

    @Test("stays away longer when the single request is shut out too")
    mutating func halfOpenRefused() throws {
        _ = enqueue([get()])
        _ = complete(1, page)
        _ = enqueue([try create(in: 1), try create(in: 2)], from: 2, at: 60)
        #expect(complete(2, page, at: 61) == [.report(.shutOut(.seconds(60))), .fail(id(2), .shutOut), .fail(id(3), .shutOut)])
    }

    @Test("lets the next request try when the single one came to nothing")
    mutating func halfOpenFailed() throws {
        _ = enqueue([get()])
        _ = complete(1, page)
        _ = enqueue([try create(in: 1), try create(in: 2)], from: 2, at: 60)
        #expect(limiter.handle(.failed(id(2), sent: true), at: second(61)).last == .start(id(3)))
    }

    @Test("is not let in again by an answer to what was sent before")
    mutating func earlierAnswer() throws {
        _ = enqueue([get(), try create()])
        _ = complete(1, page)
        #expect(complete(2, ok(remaining: 4)) == [.deliver(id(2))])
        #expect(limiter.handle(.enqueue(id(3), get()), at: second(1)) == [.fail(id(3), .shutOut)])
    }

    /// Has so many interactions refused, one every hundredth of a second.
    private mutating func refuse(_ count: UInt64, scope: RateLimitAnswer.Scope? = nil) -> [Action] {
        (1...count).flatMap { number in
            let now = Double(number) * 0.01
            _ = limiter.handle(.enqueue(id(number), callback(expires: 1_000)), at: second(now))
            return complete(
                number, RateLimitAnswer(status: scope == nil ? 403 : 429, scope: scope, retryAfter: .seconds(999)), at: now
            )
            .filter { $0 != .deliver(id(number)) }
        }
    }

    @Test("slows down what is no interaction from a hundredth of a ban on")
    mutating func slow() throws {
        #expect(refuse(99) == [])
        #expect(enqueue(try (1...12).map { try create(in: Snowflake(rawValue: $0)) }, from: 9_001, at: 1).count == 5)
        #expect(refuse(1) == [.report(.slowed(refusals: 100))])
        #expect(limiter.handle(.enqueue(id(9_100), callback(expires: 9)), at: second(2)).contains(.start(id(9_100))))
        var started = 0
        for tenth in 20..<30 {
            started += limiter.handle(.tick, at: second(Double(tenth) / 10)).count
        }
        #expect(started <= 5)
    }

    @Test("answers only interactions from a fifth of a ban on, and recovers")
    mutating func stop() throws {
        _ = enqueue([try create(expires: 9_999), try create(expires: 9_999)], from: 8_001)
        let actions = refuse(2_000)
        #expect(
            actions == [
                .report(.slowed(refusals: 100)), .report(.stopped(refusals: 2_000)), .fail(id(8_002), .tooManyRefusals),
            ])
        #expect(limiter.handle(.enqueue(id(9_001), get()), at: second(51)) == [.fail(id(9_001), .tooManyRefusals)])
        #expect(limiter.handle(.enqueue(id(9_002), callback(expires: 99)), at: second(51)) == [.start(id(9_002))])
        #expect(limiter.handle(.enqueue(id(9_003), get(expires: 999)), at: second(660)) == [.start(id(9_003))])
    }

    @Test("does not count limits that others used up")
    mutating func shared() throws {
        #expect(!refuse(200, scope: .shared).contains(.report(.slowed(refusals: 100))))
    }

    private func refusal(_ status: Int, _ code: Int) -> RateLimitAnswer {
        RateLimitAnswer(status: status, code: code)
    }

    @Test("does not ask again for minutes where it may not speak", arguments: [(403, 50_001), (403, 50_013), (404, 10_003)])
    mutating func refusedChannel(status: Int, code: Int) throws {
        _ = enqueue([try create(in: 1), try create(in: 1)])
        let actions = complete(1, refusal(status, code))
        #expect(
            actions == [
                .deliver(id(1)), .report(.channelRefused(1, code: code)), .fail(id(2), .channelRefused(code: code)),
            ])
        #expect(enqueue([try create(in: 1)], from: 3, at: 299) == [.fail(id(3), .channelRefused(code: code))])
        #expect(enqueue([try create(in: 2), callback(expires: 400)], from: 4, at: 299) == [.start(id(4)), .start(id(5))])
        #expect(enqueue([try create(in: 1)], from: 6, at: 300) == [.start(id(6))])
    }

    @Test("asks again where it spoke meanwhile, and edits what it said")
    mutating func permittedChannel() throws {
        let typing = RateLimiter.Request(.triggerTyping(in: 1), priority: .reply, expires: second(600))
        _ = enqueue([try create(in: 1), typing])
        _ = complete(2, refusal(403, 50_013))
        #expect(
            enqueue([try create(in: 1), try edit(in: 1)], from: 3) == [
                .fail(id(3), .channelRefused(code: 50_013)), .start(id(4)),
            ])
        _ = complete(1, ok(remaining: 4))
        #expect(enqueue([try create(in: 1)], from: 5) == [.start(id(5))])
    }

    @Test("takes other refusals for what they are", arguments: [(403, 50_005), (400, 50_013), (404, 10_008), (200, 50_001)])
    mutating func otherRefusal(status: Int, code: Int) throws {
        _ = enqueue([try create(in: 1)])
        _ = complete(1, refusal(status, code))
        #expect(enqueue([try create(in: 1)], from: 2) == [.start(id(2))])
    }

    @Test("remembers a bounded number of such channels, the newest")
    mutating func manyChannels() throws {
        for number in 1...1_025 as ClosedRange<UInt64> {
            let now = Double(number) * 0.1
            _ = limiter.handle(.enqueue(id(number), try create(in: Snowflake(rawValue: number))), at: second(now))
            _ = complete(number, refusal(404, 10_003), at: now)
        }
        #expect(enqueue([try create(in: 1)], from: 2_001, at: 104) == [.start(id(2_001))])
        #expect(enqueue([try create(in: 2)], from: 2_002, at: 104) == [.fail(id(2_002), .channelRefused(code: 10_003))])
        #expect(enqueue([try create(in: 1_025)], from: 2_003, at: 104) == [.fail(id(2_003), .channelRefused(code: 10_003))])
    }
}
