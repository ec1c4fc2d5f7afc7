import Discord
import Testing
import Timing

@Suite("the identify queue")
struct IdentifyQueueTests {
    private var queue = IdentifyQueue()

    private mutating func request(_ shards: ClosedRange<Int>, at now: Instant = .origin) -> [IdentifyQueue.Action] {
        shards.flatMap { queue.handle(.request(shard: $0), at: now) }
    }

    private func limits(_ concurrency: Int = 1, remaining: Int = 1_000) -> IdentifyQueue.Input {
        let bot = GatewayBot(
            url: mainURL, remainingIdentifies: remaining, resetAfter: .seconds(3_600), maxConcurrency: concurrency)
        return .limits(bot)
    }

    @Test("lets nobody identify before Discord's limits are known")
    mutating func unknown() {
        #expect(request(0...0) == [])
        #expect(queue.deadline == nil)
        #expect(queue.handle(limits(), at: second(1)) == [.permit(shard: 0)])
    }

    @Test("lets one shard of each key identify in five seconds, with a margin")
    mutating func keys() {
        _ = queue.handle(limits(2), at: .origin)
        #expect(request(0...3) == [.permit(shard: 0), .permit(shard: 1)])
        #expect(queue.deadline == second(5.5))
        #expect(queue.handle(.tick, at: second(5.4)) == [])
        #expect(queue.handle(.tick, at: second(5.5)) == [.permit(shard: 2), .permit(shard: 3)])
    }

    @Test("counts from what was sent, if that was later than the permit")
    mutating func sentLate() {
        _ = queue.handle(limits(), at: .origin)
        #expect(request(0...1) == [.permit(shard: 0)])
        #expect(queue.handle(.identified(shard: 0), at: second(2)) == [])
        #expect(queue.deadline == second(7.5))
        #expect(queue.handle(.tick, at: second(7.4)) == [])
        #expect(queue.handle(.tick, at: second(7.5)) == [.permit(shard: 1)])
    }

    @Test("counts a shard that comes back against its key")
    mutating func comesBack() {
        _ = queue.handle(limits(2), at: .origin)
        #expect(request(0...1) == [.permit(shard: 0), .permit(shard: 1)])
        #expect(queue.handle(.request(shard: 0), at: second(1)) == [])
        #expect(queue.handle(.request(shard: 0), at: second(1)) == [])
        #expect(queue.handle(.tick, at: second(5.5)) == [.permit(shard: 0)])
        #expect(queue.deadline == nil)
    }

    @Test("forgets a shard that no longer wants its turn")
    mutating func withdraws() {
        _ = queue.handle(limits(), at: .origin)
        _ = request(0...2)
        #expect(queue.handle(.withdraw(shard: 1), at: .origin) == [])
        #expect(queue.handle(.tick, at: second(5.5)) == [.permit(shard: 2)])
    }

    @Test("keeps a tenth of the day's budget, says so once, and goes on when the day is over")
    mutating func budget() {
        _ = queue.handle(limits(remaining: 101), at: .origin)
        #expect(request(0...2) == [.permit(shard: 0), .budgetSpent(remaining: 100)])
        #expect(queue.handle(.tick, at: second(60)) == [])
        #expect(queue.deadline == second(3_600))
        #expect(queue.handle(.tick, at: second(3_600)) == [.permit(shard: 1)])
    }

    @Test("does not give a turn too early when Discord changes the keys")
    mutating func concurrencyChanges() {
        _ = queue.handle(limits(1), at: .origin)
        _ = request(0...1)
        #expect(queue.handle(limits(16), at: second(1)) == [])
        #expect(queue.handle(.tick, at: second(5.5)) == [.permit(shard: 1)])
    }
}
