import Discord
import Testing
import Timing

extension RateLimiter {
    /// A limiter that always has the same chance.
    static func calm() -> RateLimiter {
        RateLimiter(jitter: Jitter(seed: 5))
    }
}

/// A test that walks a limiter through requests and answers.
protocol LimiterWalk {
    var limiter: RateLimiter { get set }
}

extension LimiterWalk {
    typealias Action = RateLimiter.Action

    func id(_ number: UInt64) -> RateLimiter.RequestID {
        RateLimiter.RequestID(rawValue: number)
    }

    func create(
        in channel: Snowflake = 1, _ priority: RateLimiter.Priority = .reply, expires: Double = 600
    ) throws -> RateLimiter.Request {
        let content = try #require(MessageContent("up"))
        let request = RESTRequest.createMessage(in: channel, content, nonce: Nonce(source: 1, purpose: .answer))
        return RateLimiter.Request(request, priority: priority, expires: second(expires))
    }

    func edit(in channel: Snowflake = 1, expires: Double = 600) throws -> RateLimiter.Request {
        let content = try #require(MessageContent("up"))
        return RateLimiter.Request(.editMessage(5, in: channel, content), priority: .reply, expires: second(expires))
    }

    func callback(expires: Double = 3) -> RateLimiter.Request {
        let request = RESTRequest.respond(to: 9, Secret("t"), with: .deferred(isEphemeral: false))
        return RateLimiter.Request(request, priority: .interaction, expires: second(expires))
    }

    func followUp(expires: Double = 600) throws -> RateLimiter.Request {
        let content = try #require(MessageContent("up"))
        let request = RESTRequest.followUp(of: 9, Secret("t"), content)
        return RateLimiter.Request(request, priority: .interaction, expires: second(expires))
    }

    func get(expires: Double = 600) -> RateLimiter.Request {
        RateLimiter.Request(.gatewayBot, priority: .reply, expires: second(expires))
    }

    func ok(limit: Int = 5, remaining: Int, reset: Double = 5, bucket: String = "b") -> RateLimitAnswer {
        RateLimitAnswer(
            status: 200, limit: limit, remaining: remaining, resetAfter: second(reset).sinceOrigin, bucket: bucket)
    }

    /// Enqueues requests with ids from `first` on, and returns all that was ordered.
    mutating func enqueue(_ requests: [RateLimiter.Request], from first: UInt64 = 1, at now: Double = 0) -> [Action] {
        requests.enumerated().flatMap { limiter.handle(.enqueue(id(first + UInt64($0)), $1), at: second(now)) }
    }

    mutating func complete(_ number: UInt64, _ answer: RateLimitAnswer, at now: Double = 0) -> [Action] {
        limiter.handle(.completed(id(number), answer), at: second(now))
    }
}
