import Testing
import Timing

@Suite("Backoff")
struct BackoffTests {
    @Test("the ceiling doubles with each failure and stops at the cap")
    func ceiling() {
        var backoff = Backoff(base: .seconds(1), cap: .seconds(60))
        var jitter = Jitter(seed: 1)
        var ceilings: [Duration] = []
        for _ in 0..<8 {
            ceilings.append(backoff.ceiling)
            _ = backoff.next(&jitter)
        }
        #expect(ceilings == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
    }

    @Test("a wait lies between zero and its ceiling, and the waits spread over the whole range")
    func fullJitter() {
        var jitter = Jitter(seed: 7)
        let waits = (0..<1_000).map { _ in
            var backoff = Backoff(base: .seconds(8), cap: .seconds(8))
            return backoff.next(&jitter)
        }
        #expect(waits.allSatisfy { $0 >= .zero && $0 < .seconds(8) })
        #expect(waits.count { $0 < .seconds(2) } > 200)
        #expect(waits.count { $0 >= .seconds(6) } > 200)
    }

    @Test("a reset starts over, and a thousand failures do not overflow")
    func resetAndMany() {
        var backoff = Backoff(base: .milliseconds(100), cap: .seconds(60))
        var jitter = Jitter(seed: 2)
        for _ in 0..<1_000 { _ = backoff.next(&jitter) }
        #expect(backoff.ceiling == .seconds(60))
        backoff.reset()
        #expect(backoff.ceiling == .milliseconds(100))
    }

    @Test("the same seed gives the same sequence")
    func seeded() {
        var one = Jitter(seed: 42)
        var other = Jitter(seed: 42)
        #expect((0..<10).map { _ in one.fraction() } == (0..<10).map { _ in other.fraction() })
    }
}
