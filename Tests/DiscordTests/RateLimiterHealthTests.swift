import Testing
import Timing

@testable import Discord

@Suite("REST health")
struct RateLimiterHealthTests: LimiterWalk {
    var limiter = RateLimiter.calm()

    @Test("a limiter that did nothing is well")
    func well() {
        #expect(limiter.health(at: .origin) == RESTHealth())
    }

    @Test("those that wait are counted")
    mutating func waiting() {
        // The first finds out what its bucket allows.
        _ = enqueue([get(), get(), get()])
        #expect(limiter.health(at: .origin).waiting == 2)
    }

    @Test("a refused token is told")
    mutating func token() {
        _ = limiter.handle(.tokenRejected, at: .origin)
        #expect(limiter.health(at: .origin).isTokenRejected)
    }

    @Test("an exclusion is told while it lasts, and refusals for ten minutes")
    mutating func exclusion() {
        _ = enqueue([get()])
        // No Discord answers so, only the network in front of it.
        _ = complete(1, RateLimitAnswer(status: 429, headers: [HeaderField("Retry-After", "60")], body: []))
        #expect(limiter.health(at: .origin) == RESTHealth(isShutOut: true, waiting: limiter.queueDepth, invalidRequests: 1))
        let later = Instant(sinceOrigin: .seconds(660))
        #expect(!limiter.health(at: later).isShutOut)
        #expect(limiter.health(at: later).invalidRequests == 0)
    }
}
