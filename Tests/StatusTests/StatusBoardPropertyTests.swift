import Status
import Testing
import Timing

@Suite("What holds for the board whatever happens")
struct StatusBoardPropertyTests {
    @Test("in a world of chance", arguments: [UInt64](1...12))
    func chance(seed: UInt64) {
        var chance = Jitter(seed: seed)
        var world = World([.kik, .tiny], seed: seed)
        world.afterStep = check
        var downs = 0
        for _ in 0..<40 {
            let failing = chance.fraction()
            world.isOnline = chance.fraction() < 0.85
            world.latency = chance.duration(from: .milliseconds(1), to: .seconds(4))
            var luck = Jitter(seed: UInt64(chance.fraction() * 1e9))
            let outcomes = (0..<64).map { _ -> ProbeResult.Outcome? in
                let draw = luck.fraction()
                if draw < failing { return .failed }
                return [.ok, .ok, .slow, .blocked, nil][Int(luck.fraction() * 5)]
            }
            var place = 0
            let pick = { () -> ProbeResult.Outcome? in
                place = (place + 1) % outcomes.count
                return outcomes[place]
            }
            world.outcome = { _, _ in pick() }
            if chance.fraction() < 0.3 { world.hand(.asked(service: "kik")) }
            world.run(for: chance.duration(to: .seconds(20)))
            world.hand(.tick)
            if let deadline = world.board.deadline { #expect(deadline >= world.now) }
            downs += world.board.verdict(of: "tiny", at: world.now).state == .down ? 1 : 0
        }
        // The walk must reach what it is about.
        #expect(downs > 0)
        #expect(world.changes.contains { $0.state == .unknown })
    }

    private func check(_ world: World) {
        let board = world.board
        #expect(world.outstanding <= board.settings.limit)
        for service in ["kik", "tiny"] as [ServiceID] {
            let verdict = board.verdict(of: service, at: world.now)
            #expect((0...1).contains(verdict.confidence))
            if board.connectivity.state != .online { #expect(verdict.state == .unknown) }
            if verdict.state == .down { #expect(verdict.scope == .unclear && verdict.confidence < 0.9) }
            if verdict.state != .unknown { #expect(!verdict.because.isEmpty) }
        }
    }

    @Test("what counts for nothing never changes a verdict", arguments: [UInt64](1...200))
    func weightZero(seed: UInt64) {
        var chance = Jitter(seed: seed)
        func letters() -> String { String((0..<Int(chance.fraction() * 8)).map { _ in "osbF".randomElement(&chance) }) }
        let android = letters()
        let files = letters()
        let verdicts = (0..<3).map { _ in
            VerdictFusionTests.verdict(VerdictFusionTests.kik(android: android, files: files, www: letters()))
        }
        for verdict in verdicts.dropFirst() {
            var same = verdict
            same.observed = verdicts[0].observed
            #expect(same == verdicts[0])
            #expect((0...1).contains(verdict.confidence))
        }
    }
}

extension String {
    fileprivate func randomElement(_ chance: inout Jitter) -> Character {
        self[index(startIndex, offsetBy: Int(chance.fraction() * Double(count)))]
    }
}
