import Status
import Testing
import Timing

@Suite("The board over all services")
struct StatusBoardTests {
    static let canaries = World.canaries

    static func probed(_ outcome: ProbeResult.Outcome) -> StatusBoard.Input {
        .probed(service: "tiny", component: "messaging", check: "android", result: .of(outcome))
    }

    static let probe = StatusBoard.Action.probe(service: "tiny", component: "messaging", check: .android)

    /// A board that watches `tiny`, is online, and has its first probe in flight; 0 s.
    static func online() -> StatusBoard {
        var board = StatusBoard(canaries: canaries, settings: .quick, jitter: Jitter(seed: 1))
        _ = board.handle(.catalogueChanged([.tiny]), at: .s(0))
        // Twice, so that all of them wait for a whole interval: the first ones answered before we knew that we are online.
        for _ in 1...2 { _ = answerCanaries(&board, at: .s(0)) }
        return board
    }

    static func answerCanaries(_ board: inout StatusBoard, ok: Bool = true, at now: Instant) -> [StatusBoard.Action] {
        canaries.flatMap { board.handle(.canaryAnswered(target: $0, ok: ok), at: now) }
    }

    @Test("first asks the canaries, and probes once most of them have answered well")
    func start() {
        var board = StatusBoard(canaries: Self.canaries, settings: .quick, jitter: Jitter(seed: 1))
        #expect(board.deadline == nil)
        #expect(board.handle(.catalogueChanged([.tiny]), at: .s(0)) == Self.canaries.map { .probeCanary($0) })
        #expect(board.deadline == .s(5))
        #expect(board.handle(.canaryAnswered(target: Self.canaries[0], ok: true), at: .s(1)) == [])
        #expect(board.handle(.canaryAnswered(target: Self.canaries[1], ok: true), at: .s(1)) == [])
        #expect(board.handle(.canaryAnswered(target: Self.canaries[2], ok: true), at: .s(1)) == [Self.probe])
        #expect(board.verdict(of: "tiny", at: .s(1)).because == [.noEvidence])
    }

    @Test("the first answer makes it up")
    func firstAnswer() {
        var board = Self.online()
        let actions = board.handle(Self.probed(.ok), at: .s(1))
        let unknown = Verdict(state: .unknown, scope: .unclear, confidence: 0, because: [.noEvidence])
        let up = board.verdict(of: "tiny", at: .s(1))
        #expect(actions == [.verdictChanged(service: "tiny", from: unknown, to: up)])
        #expect(up.state == .up)
        #expect(up.observed == .s(1))
    }

    @Test("a failure waits for the canaries, then shows as unconfirmed, and the state stays")
    func firstFailure() throws {
        var board = Self.online()
        _ = board.handle(Self.probed(.ok), at: .s(1))
        #expect(board.handle(Self.probed(.failed), at: .s(3)) == Self.canaries.map { .probeCanary($0) })
        #expect(board.verdict(of: "tiny", at: .s(3)).against == [])
        #expect(Self.answerCanaries(&board, at: .s(3.1)) == [])
        let verdict = board.verdict(of: "tiny", at: .s(4))
        #expect(verdict.state == .up)
        #expect(verdict.against == [.unconfirmed(component: "messaging")])
        // The confirmation comes after the unsure interval, give or take a tenth.
        let deadline = try #require(board.deadline)
        #expect((Instant.s(4.8)...Instant.s(5.2)).contains(deadline))
        #expect(board.handle(.tick, at: deadline) == [Self.probe])
    }

    @Test("failures that the canaries share are ours: they leave no trace")
    func ownNetwork() {
        var board = Self.online()
        _ = board.handle(Self.probed(.ok), at: .s(1))
        for second in [2.0, 3, 4, 5] { _ = board.handle(Self.probed(.failed), at: .s(second)) }
        let actions = Self.answerCanaries(&board, ok: false, at: .s(6))
        let states = actions.compactMap {
            if case .verdictChanged(_, let from, let to) = $0 { [from.state, to.state] } else { nil }
        }
        #expect(states == [[.up, .unknown]])
        #expect(board.verdict(of: "tiny", at: .s(6)).because == [.blind(failed: 5, of: 5)])
        #expect(board.components(of: "tiny", at: .s(6)).map(\.condition) == [.unknown])
        #expect(board.components(of: "tiny", at: .s(6)).first?.checks["android"]?.observations.count == 1)
    }

    @Test("while blind nothing but the canaries is probed, and a late result counts for nothing")
    func blindRounds() {
        var world = World()
        world.run(for: .seconds(10))
        world.isOnline = false
        world.run(for: .seconds(10))
        guard case .blind = world.board.connectivity.state else {
            Issue.record("not blind: \(world.board.connectivity.state)")
            return
        }
        let probes = world.probes.count
        world.run(for: .seconds(60))
        #expect(world.probes.count == probes)
        world.hand(Self.probed(.failed))
        #expect(world.changes.map(\.state) == [.up, .unknown])
        world.isOnline = true
        world.run(for: .seconds(15))
        #expect(world.changes.map(\.state) == [.up, .unknown, .up])
    }

    @Test(
        "a service that is turned off is called down within 20 s, and up within 30 s of coming back",
        arguments: [UInt64](1...20)
    )
    func pace(seed: UInt64) throws {
        var world = World(seed: seed)
        world.run(for: .seconds(30) + .milliseconds(Int64(seed) * 250))
        world.outcome = { _, _ in .failed }
        let down = world.timeUntil("tiny", is: .down, within: .seconds(20))
        #expect(try #require(down) > .seconds(3))
        world.run(for: .seconds(30))
        world.outcome = { _, _ in .ok }
        let answering = world.timeUntil("tiny", is: .degraded, within: .seconds(30))
        #expect(answering != nil)
        #expect(world.board.verdict(of: "tiny", at: world.now).because == [.recovering(component: "messaging")])
        let up = world.timeUntil("tiny", is: .up, within: .seconds(25))
        #expect(try #require(up) + #require(answering) <= .seconds(30))
        #expect(world.changes.map(\.state) == [.up, .down, .up])
    }

    @Test("one lost packet in between changes nothing")
    func oneLoss() {
        var world = World()
        var count = 0
        world.run(for: .seconds(20))
        world.outcome = { _, _ in .failed }
        world.run(for: .seconds(5.6))
        count = world.probes.count
        world.outcome = { _, _ in .ok }
        world.run(for: .seconds(60))
        #expect(world.probes.count > count)
        #expect(world.changes.map(\.state) == [.up])
    }

    @Test("two people who say that it does not work cause one more look, one person none")
    func voices() {
        func looks(_ people: [String]) -> Int {
            var world = World()
            world.run(for: .seconds(13))
            let before = world.probes.count
            for person in people {
                let voice = PersonalVoice(who: person, place: person, says: .down)
                world.hand(.personSaid(service: "tiny", voice: voice, hour: 0))
            }
            return world.probes.count - before
        }
        #expect(looks(["ann"]) == 0)
        #expect(looks(["ann", "ann"]) == 0)
        #expect(looks(["ann", "ben"]) == 1)
        #expect(looks(["ann", "ben", "eve", "joe"]) == 1)
    }

    @Test("a thousand people who ask at once cause one round")
    func asked() {
        var board = Self.online()
        _ = board.handle(Self.probed(.ok), at: .s(1))
        #expect(board.handle(.asked(service: "tiny"), at: .s(3)) == [])
        let actions = (0..<1_000).flatMap { _ in board.handle(.asked(service: "tiny"), at: .s(3.1)) }
        #expect(actions == [Self.probe])
        #expect(board.handle(.asked(service: "nobody"), at: .s(3.1)) == [])
        _ = board.handle(Self.probed(.ok), at: .s(3.2))
        #expect((0..<1_000).flatMap { _ in board.handle(.asked(service: "tiny"), at: .s(4)) } == [])
    }

    @Test("a probe that never comes back is given up, says nothing, and frees its place")
    func lostProbe() throws {
        var settings = StatusBoard.Settings.quick
        settings.limit = 1
        var board = StatusBoard(canaries: Self.canaries, settings: settings, jitter: Jitter(seed: 1))
        let two = Service(
            id: "two",
            name: "Two",
            components: [Component(id: "messaging", name: "m", weight: 1, checks: [.android, .ios])]
        )
        _ = board.handle(.catalogueChanged([two]), at: .s(0))
        let first = Self.answerCanaries(&board, at: .s(0)) + Self.answerCanaries(&board, at: .s(0))
        #expect(first == [.probe(service: "two", component: "messaging", check: .android)])
        #expect(board.handle(.tick, at: .s(4)).isEmpty)
        let next = board.handle(.tick, at: .s(5)).filter { if case .probe = $0 { true } else { false } }
        #expect(next == [.probe(service: "two", component: "messaging", check: .ios)])
        #expect(board.verdict(of: "two", at: .s(5)).because == [.noEvidence])
    }

    @Test("no more than the limit are in flight, and all get their turn")
    func fairness() {
        let many = (1...40).map { number in
            let check = Check(id: "c", anyOf: [.host("host\(number).test")])
            return Service(
                id: ServiceID("s\(number)"),
                name: "S",
                components: [Component(id: "c", name: "c", weight: 1, checks: [check])]
            )
        }
        var world = World(many)
        world.latency = .seconds(1)
        world.run(for: .seconds(60))
        let turns = Dictionary(grouping: world.probes, by: \.service).mapValues(\.count)
        #expect(turns.count == 40)
        // Eight at once for a second each: 40 take five seconds, so every service is due again at once.
        #expect((turns.values.max() ?? 0) - (turns.values.min() ?? 0) <= 2)
    }

    @Test("results of unknown services and checks are ignored")
    func strangers() {
        var board = Self.online()
        let strange: [StatusBoard.Input] = [
            .probed(service: "other", component: "messaging", check: "android", result: .of(.failed)),
            .probed(service: "tiny", component: "other", check: "android", result: .of(.failed)),
            .probed(service: "tiny", component: "messaging", check: "other", result: .of(.failed)),
            .canaryAnswered(target: .host("other.test"), ok: false),
        ]
        #expect(strange.flatMap { board.handle($0, at: .s(1)) } == [])
        #expect(board.verdict(of: "other", at: .s(1)).state == .unknown)
        #expect(board.components(of: "other", at: .s(1)) == [])
    }

    @Test("a new catalogue keeps the evidence of checks that did not change, and forgets what is gone")
    func newCatalogue() {
        var board = Self.online()
        _ = board.handle(Self.probed(.ok), at: .s(1))
        #expect(board.handle(.catalogueChanged([.tiny]), at: .s(2)) == [])
        #expect(board.verdict(of: "tiny", at: .s(2)).state == .up)
        var slow = Check.android
        slow.slowAfter = .seconds(1)
        let changed = Service(
            id: "tiny",
            name: "Tiny",
            components: [Component(id: "messaging", name: "m", weight: 1, checks: [slow])]
        )
        let actions = board.handle(.catalogueChanged([changed]), at: .s(3))
        #expect(actions.first == .probe(service: "tiny", component: "messaging", check: slow))
        #expect(board.verdict(of: "tiny", at: .s(3)).state == .unknown)
        #expect(board.handle(.catalogueChanged([]), at: .s(4)) == [])
        #expect(board.handle(Self.probed(.failed), at: .s(4)) == [])
    }

    @Test("without canaries nothing is ever judged")
    func noCanaries() {
        var board = StatusBoard(canaries: [], settings: .quick, jitter: Jitter(seed: 1))
        #expect(board.handle(.catalogueChanged([.tiny]), at: .s(0)) == [])
        #expect(board.handle(Self.probed(.ok), at: .s(1)) == [])
        #expect(board.deadline == nil)
    }

    @Test("canaries that never answer make us blind")
    func lostCanaries() {
        var board = StatusBoard(canaries: Self.canaries, settings: .quick, jitter: Jitter(seed: 1))
        _ = board.handle(.catalogueChanged([.tiny]), at: .s(0))
        _ = board.handle(.tick, at: .s(5))
        #expect(board.verdict(of: "tiny", at: .s(5)).because == [.blind(failed: 5, of: 5)])
    }

    @Test("nobody looks any more: the verdict goes stale by itself")
    func staleness() {
        var board = Self.online()
        _ = board.handle(Self.probed(.ok), at: .s(1))
        #expect(board.verdict(of: "tiny", at: .s(20)).state == .up)
        #expect(board.verdict(of: "tiny", at: .s(22)).because == [.stale])
    }

    private static func twofold(_ six: ProbeResult.Outcome) -> StatusBoard.Input {
        var result = ProbeResult.of(.ok)
        result.families = [.v4: ProbeResult.Leg(.of(.ok)), .v6: ProbeResult.Leg(.of(six))]
        return .probed(service: "tiny", component: "messaging", check: "android", result: result)
    }

    @Test("a family of addresses that is dead is told once it has failed three times, and only where canaries answer over it")
    func deadFamily() {
        for sixWorks in [true, false] {
            var board = Self.online()
            for target in Self.canaries.prefix(3) {
                _ = board.handle(.canaryAnswered(target: target, ok: true, families: [.v4: true, .v6: sixWorks]), at: .s(0.5))
            }
            for second in 1...2 { _ = board.handle(Self.twofold(.failed), at: .s(Double(second))) }
            #expect(board.verdict(of: "tiny", at: .s(2.5)).against == [])
            _ = board.handle(Self.twofold(.failed), at: .s(3))
            let verdict = board.verdict(of: "tiny", at: .s(3.5))
            #expect(verdict.state == .up)
            #expect(verdict.against == (sixWorks ? [.familySilent(component: "messaging", family: .v6)] : []))
            _ = board.handle(Self.twofold(.ok), at: .s(4))
            #expect(board.verdict(of: "tiny", at: .s(4.5)).against == [])
        }
    }
}
