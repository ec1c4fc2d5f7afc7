import Status
import Testing
import Timing

@Suite("How often strangers may have us look")
struct AdHocQuotaTests {
    @Test("three looks at once for a person, then one a minute, and refusals cost nothing")
    func person() {
        var quota = AdHocQuota()
        let times: [Double] = [0, 0, 0, 0, 30, 59, 60, 60, 119, 120, 400, 400, 400, 400]
        let answers = times.map { quota.ask(person: "ann", place: nil, at: .s($0)) }
        func wait(_ seconds: Int) -> AdHocQuota.Answer { .wait(.seconds(seconds), for: .person) }
        #expect(
            answers == [
                .granted, .granted, .granted, wait(60), wait(30), wait(1), .granted, wait(60), wait(1), .granted,
                .granted, .granted, .granted, wait(60),
            ]
        )
    }

    @Test("ten looks at once for a place, whoever asks; another place and direct messages are not held up")
    func place() {
        var quota = AdHocQuota()
        let granted = (0..<10).map { quota.ask(person: "p\($0)", place: "guild", at: .s(0)) }
        #expect(granted == Array(repeating: .granted, count: 10))
        #expect(quota.ask(person: "late", place: "guild", at: .s(4)) == .wait(.seconds(6), for: .place))
        #expect(quota.ask(person: "late", place: "other", at: .s(4)) == .granted)
        #expect(quota.ask(person: "late", place: nil, at: .s(4)) == .granted)
        #expect(quota.ask(person: "late", place: "guild", at: .s(10)) == .granted)
    }

    @Test("thirty looks at once for everybody, then one a second")
    func everybody() {
        var quota = AdHocQuota()
        let granted = (0..<30).map { quota.ask(person: "p\($0)", place: "g\($0)", at: .s(0)) }
        #expect(granted == Array(repeating: .granted, count: 30))
        #expect(quota.ask(person: "late", place: "late", at: .s(0)) == .wait(.seconds(1), for: .everybody))
        #expect(quota.ask(person: "late", place: "late", at: .s(1)) == .granted)
    }

    @Test("a look that the place refuses does not cost the person one of theirs")
    func noChargeWithoutGrant() {
        let narrow = AdHocQuota.Allowance(atOnce: 1, interval: .seconds(10))
        var quota = AdHocQuota(perPlace: narrow)
        #expect(quota.ask(person: "bob", place: "guild", at: .s(0)) == .granted)
        for second in 1..<10 {
            #expect(quota.ask(person: "ann", place: "guild", at: .s(Double(second))) == .wait(.seconds(10 - second), for: .place))
        }
        let answers = (0..<4).map { _ in quota.ask(person: "ann", place: nil, at: .s(9)) }
        #expect(answers == [.granted, .granted, .granted, .wait(.seconds(60), for: .person)])
    }

    @Test("a million new names do not make it grow")
    func bounded() {
        var quota = AdHocQuota()
        var (granted, most) = (0, 0)
        for number in 0..<1_000_000 {
            let now = Instant.s(Double(number) / 1_000)
            if quota.ask(person: "p\(number)", place: "g\(number)", at: now) == .granted { granted += 1 }
            most = max(most, quota.remembered)
        }
        // Thirty at once and one a second; a person is remembered for a minute, a place for ten seconds.
        #expect((1_029...1_030).contains(granted))
        #expect(most <= (30 + 60) + (30 + 10) + 2)
    }
}
