import Testing
import Timing

@testable import Playground

@Suite("What a bot may start")
struct IdentifyBudgetTests {
    private static func after(_ seconds: Double) -> Instant { Instant(sinceOrigin: .seconds(seconds)) }

    @Test("one IDENTIFY of a key in five seconds; keys are apart")
    func keys() {
        let terms = IdentifyBudget.Terms(total: 100, concurrency: 2, pause: .seconds(5))
        var budget = IdentifyBudget(terms: terms, remaining: 100, dayEnds: IdentifyBudgetTests.after(1_000))
        #expect(budget.identify(shard: 0, at: .origin) == .granted)
        #expect(budget.identify(shard: 1, at: .origin) == .granted)
        #expect(budget.identify(shard: 2, at: IdentifyBudgetTests.after(4.9)) == .tooEarly)
        #expect(budget.identify(shard: 2, at: IdentifyBudgetTests.after(5)) == .granted)
        #expect(budget.remaining(at: IdentifyBudgetTests.after(5)) == 96)
    }

    @Test("a day's IDENTIFYs run out and come back")
    func day() {
        var budget = IdentifyBudget(
            terms: IdentifyBudget.Terms(total: 3, concurrency: 1, pause: .zero), remaining: 1,
            dayEnds: IdentifyBudgetTests.after(10))
        #expect(budget.identify(shard: 0, at: .origin) == .granted)
        #expect(budget.identify(shard: 0, at: .origin) == .exhausted)
        #expect(budget.resetAfter(at: IdentifyBudgetTests.after(4)) == .seconds(6))
        #expect(budget.remaining(at: IdentifyBudgetTests.after(10)) == 3)
        #expect(budget.resetAfter(at: IdentifyBudgetTests.after(10)) == .seconds(86_400))
    }
}
