import Discord
import Testing
import Timing

@Suite("Identifiers that were seen")
struct SeenIDsTests {
    @Test("are known once they came, up to so many of the newest")
    func bounded() {
        var seen = SeenIDs(capacity: 3)
        let first = [1, 2, 3, 2, 1].map { seen.insert($0) }
        #expect(first == [true, true, true, false, false])
        let second = [4, 1, 2, 4].map { seen.insert($0) }
        // The fourth pushed out the first, which pushes out the second when it comes again.
        #expect(second == [true, true, true, false])
        #expect(seen.newest(2) == [1, 2])
        #expect(seen.newest(9) == [4, 1, 2])
    }

    @Test("take no more room however many come")
    func manyMore() {
        var seen = SeenIDs(capacity: 100)
        for id in 0..<100_000 as Range<UInt64> { _ = seen.insert(Snowflake(rawValue: id)) }
        #expect(seen.newest(1_000).count == 100)
        #expect(seen.newest(1) == [99_999])
    }
}

@Suite("What a connection sends")
struct SendWindowTests {
    @Test(
        "is never more than Discord allows in any minute, whatever the peer and the bot want",
        arguments: 1...4 as ClosedRange<UInt64>)
    func limit(seed: UInt64) {
        var chance = Jitter(seed: seed)
        var session = GatewaySession.walked(GatewaySession.toAwaitingHello)
        // The shortest interval that is accepted: sixty beats a minute.
        session.walk([.received(.hello(heartbeatInterval: 1_000)), .identifyPermitted, dispatch(1, .ready(greeting))])
        var sent: [Instant] = []
        var missedBeats = 0
        var now = Instant.origin
        while now < second(300) {
            now = min(now.advanced(by: chance.duration(to: .milliseconds(40))), max(now, session.deadline ?? now))
            let input: GatewaySession.Input =
                switch chance.below(4) {
                case 0: .received(.heartbeatRequest)
                case 1: .presence(Presence(text: "\(chance.below(1_000))"))
                case 2: acknowledged
                default: .tick
                }
            let isBeatDue = session.deadline.map { $0 <= now } ?? false
            let actions = session.handle(input, at: now)
            for case .send in actions { sent.append(now) }
            if isBeatDue, actions.contains(.report(.heartbeatMissed)) { missedBeats += 1 }
            sent.removeAll { $0.advanced(by: .seconds(60)) <= now }
            #expect(sent.count <= 120)
            guard session.phase == .ready else { break }
        }
        #expect(now >= second(299), "the connection was not given up")
        #expect(missedBeats == 0)
    }

    @Test("is the last of the presences that were wanted meanwhile, and no more than five a minute")
    func presences() {
        var session = GatewaySession.ready()
        var shown: [String] = []
        for number in 0..<100 {
            let actions = session.handle(.presence(Presence(text: "\(number)")), at: second(Double(number) / 10))
            for case .send(.presence(let presence), _) in actions { shown.append(presence.text) }
        }
        #expect(shown == ["0", "1", "2", "3", "4"])
        session.walk([.tick, acknowledged], at: second(45))
        for case .send(.presence(let presence), _) in session.handle(.tick, at: second(60)) { shown.append(presence.text) }
        #expect(shown.last == "99")
        #expect(shown.count == 6)
    }
}
