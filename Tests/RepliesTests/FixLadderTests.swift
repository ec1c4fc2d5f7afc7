import Replies
import Status
import Testing

@Suite("Which steps may be offered")
struct FixLadderTests {
    static let harmless = FixStep(id: "look", level: 0, minutes: 1)
    static let close = FixStep(id: "close", level: 2, minutes: 1)
    static let restart = FixStep(id: "restart", level: 3, minutes: 3)
    static let update = FixStep(id: "update", level: 4, minutes: 5)
    static let cache = FixStep(id: "cache", level: 6, platforms: [.android], minutes: 1, erases: .cache)
    static let offload = FixStep(id: "offload", level: 6, platforms: [.ios], minutes: 5, erases: .app, needsStore: true)
    static let reset = FixStep(id: "reset", level: 8, minutes: 5, erases: .chats)
    static let order = [harmless, close, restart, update, cache, offload, reset]

    func ladder(_ verdict: Verdict = Samples.up, _ platforms: Set<Platform> = [.android, .ios]) -> FixLadder {
        FixLadder(Self.order, verdict: verdict, platforms: platforms)
    }

    @Test(
        "how far up a verdict allows people to be sent",
        arguments: [
            (Samples.verdict(.down), []),
            (Samples.verdict(.partial), []),
            (Samples.verdict(.maintenance), []),
            (Samples.verdict(.degraded), ["look", "close"]),
            (Samples.verdict(.unknown), ["look", "close"]),
            (Samples.verdict(.up, because: [.unconfirmed(component: "messaging")]), ["look", "close"]),
            (Samples.verdict(.up, against: [.stale]), ["look", "close"]),
            (
                Samples.verdict(.up, against: [.silent(component: "website", phase: .http, failed: 5, of: 5)]),
                ["look", "close", "restart", "update", "cache"]
            ),
            (
                Samples.verdict(.up, against: [.blocked(component: "website")]),
                ["look", "close", "restart", "update", "cache", "offload", "reset"]
            ),
        ] as [(Verdict, [String])]
    )
    func reach(verdict: Verdict, steps: [String]) {
        #expect(ladder(verdict).steps.map(\.id) == steps)
    }

    @Test("a step that a platform does not have is left out on it")
    func platform() {
        #expect(ladder(Samples.up, [.android]).steps.map(\.id) == ["look", "close", "restart", "update", "cache", "reset"])
        #expect(ladder(Samples.up, [.ios]).steps.map(\.id) == ["look", "close", "restart", "update", "offload", "reset"])
    }

    @Test("three at a time, and a step that takes something away stands alone")
    func pages() {
        let ladder = ladder()
        #expect(ladder.page() == FixLadder.Page(firstNumber: 1, steps: [Self.harmless, Self.close, Self.restart], hasMore: true))
        #expect(
            ladder.page(after: "restart") == FixLadder.Page(firstNumber: 4, steps: [Self.update, Self.cache], hasMore: true)
        )
        #expect(ladder.page(after: "cache") == FixLadder.Page(firstNumber: 6, steps: [Self.offload], hasMore: true))
        #expect(ladder.page(after: "offload") == FixLadder.Page(firstNumber: 7, steps: [Self.reset], hasMore: false))
        #expect(ladder.page(after: "reset") == FixLadder.Page(firstNumber: 8, steps: [], hasMore: false))
    }

    @Test("a step that is no longer on the ladder still counts by its place in the order")
    func afterAbsentStep() {
        #expect(ladder(Samples.up, [.ios]).page(after: "cache").steps == [Self.offload])
        #expect(ladder(Samples.verdict(.unknown)).page(after: "update").steps.isEmpty)
    }

    @Test("an unknown last step begins at the first")
    func afterUnknownStep() {
        #expect(ladder().page(after: "no such step") == ladder().page())
    }
}
