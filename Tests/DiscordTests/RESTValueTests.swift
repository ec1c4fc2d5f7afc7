import Discord
import Testing
import Timing

@Suite("times of requests")
struct RESTValueTests {
    @Test(
        "leave room for another attempt where there may be one",
        arguments: [
            (.callback, 3, 1.5), (.callback, 1.5, 0.75), (.callback, 1, 0.7), (.callback, 0.5, 0.5),
            (.guardedByNonce, 30, 10), (.guardedByNonce, 8, 4), (.idempotent, 3, 2), (.idempotent, 1, 1),
            (.onlyUnsent, 8, 8), (.onlyUnsent, 30, 10), (.never, 4, 4),
        ] as [(RESTRequest.RetryRule, Double, Double)])
    func attempts(rule: RESTRequest.RetryRule, remaining: Double, total: Double) {
        let limits = AttemptLimits(rule, remaining: .seconds(remaining))
        #expect(limits.total == .seconds(total))
        #expect(limits.connect == min(.seconds(total), .seconds(5)))
    }

    @Test("are never nothing, which would mean no limit", arguments: [0, -5])
    func leastTime(remaining: Int) {
        #expect(AttemptLimits(.callback, remaining: .seconds(remaining)).total > .zero)
    }

    @Test("of a warm connection: at once, then whenever it was idle for long")
    func warmConnection() {
        var warmth = WarmConnection(at: second(7), jitter: Jitter(seed: 1))
        #expect(warmth.deadline == second(7))
        warmth.used(at: second(8))
        #expect(warmth.deadline == second(58))
        warmth.used(at: second(30))
        #expect(warmth.deadline == second(80))
    }

    @Test("of a connection that cannot be opened: not in haste, and never given up")
    func coldConnection() {
        var warmth = WarmConnection(at: .origin, jitter: Jitter(seed: 1))
        var now = Instant.origin
        for _ in 0..<20 {
            warmth.failed(at: now)
            #expect(now.advanced(by: .seconds(1)) <= warmth.deadline)
            #expect(warmth.deadline <= now.advanced(by: .seconds(51)))
            now = warmth.deadline
        }
    }

    @Test("of first answers are counted in steps")
    func histogram() {
        var histogram = LatencyHistogram()
        for milliseconds in [0, 50, 51, 2_999, 3_000, 3_001, 90_000] {
            histogram.record(.milliseconds(milliseconds))
        }
        #expect(histogram.counts == [2, 1, 0, 0, 0, 0, 0, 0, 2, 2])
        #expect(histogram.count == 7)
        #expect(histogram.sum == .milliseconds(99_101))
    }
}
