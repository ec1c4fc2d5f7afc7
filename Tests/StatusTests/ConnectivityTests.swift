import Status
import Testing
import Timing

@Suite("Are we online?")
struct ConnectivityTests {
    static let targets = (1...6).map { Target.host("canary\($0).test") }

    /// Canary results written as letters, the first canary first: `o` answers, `F` fails, `-` nothing yet.
    static func connectivity(_ letters: String, at now: Instant = .s(0)) -> Connectivity {
        var connectivity = Connectivity(canaries: targets, freshness: .seconds(30), grace: .seconds(15))
        connectivity.hear(letters, at: now)
        return connectivity
    }

    @Test(
        "more than half of the fresh results decide, once more than half are in",
        arguments: [
            ("------", Connectivity.State.undecided), ("F-----", .undecided), ("ooo---", .undecided), ("oooo--", .online),
            ("ooFF--", .online), ("oFFF--", .blind(failed: 3, of: 4)), ("oooFFF", .online), ("ooFFFF", .blind(failed: 4, of: 6)),
            ("FFFFFF", .blind(failed: 6, of: 6)), ("oooooo", .online),
        ]
    )
    func majority(letters: String, state: Connectivity.State) {
        #expect(Self.connectivity(letters).state == state)
    }

    @Test("after a blind time the canaries must answer for the whole grace")
    func grace() {
        var connectivity = Self.connectivity("FFFFFF")
        connectivity.hear("oooo", at: .s(5))
        #expect(connectivity.state == .returning(at: .s(20)))
        #expect(connectivity.deadline == .s(20))
        connectivity.advance(to: .s(19))
        #expect(connectivity.state == .returning(at: .s(20)))
        connectivity.advance(to: .s(20))
        #expect(connectivity.state == .online)
        #expect(connectivity.deadline == nil)
    }

    @Test("a relapse during the grace is blindness again, and the grace starts over")
    func relapse() {
        var connectivity = Self.connectivity("FFFFFF")
        connectivity.hear("oooo", at: .s(5))
        connectivity.hear("FF", at: .s(10))
        #expect(connectivity.state == .blind(failed: 4, of: 6))
        connectivity.hear("oo", at: .s(12))
        #expect(connectivity.state == .returning(at: .s(27)))
    }

    @Test("results that have all gone stale decide nothing")
    func stale() {
        var connectivity = Self.connectivity("oooooo")
        connectivity.advance(to: .s(30))
        #expect(connectivity.state == .online)
        connectivity.advance(to: .s(31))
        #expect(connectivity.state == .undecided)
    }

    @Test("it vouches for the time up to which half of the canaries have answered since")
    func vouched() {
        var connectivity = Self.connectivity("oo----", at: .s(1))
        #expect(connectivity.vouched == nil)
        connectivity.hear("--o---", at: .s(2))
        #expect(connectivity.vouched == .s(1))
        connectivity.hear("oooFFF", at: .s(5))
        #expect(connectivity.vouched == .s(5))
    }

    @Test("a target that is no canary decides nothing, one named twice counts once")
    func strangers() {
        var connectivity = Connectivity(canaries: [.host("a.test"), .host("a.test")], freshness: .seconds(30), grace: .zero)
        connectivity.record(.host("b.test"), ok: true, at: .s(0))
        #expect(connectivity.state == .undecided)
        #expect(connectivity.canaries == [.host("a.test")])
    }
}

extension Connectivity {
    fileprivate mutating func hear(_ letters: String, at now: Instant) {
        for (target, letter) in zip(canaries, letters) where letter != "-" {
            record(target, ok: letter == "o", at: now)
        }
    }
}
