import Testing
import Timing

@testable import Status

@Suite("The crowd")
struct CrowdTests {
    private static func crowd(_ voices: [(who: String, place: String, says: PersonalWord)], at now: Instant = .s(0))
        -> Crowd.Standing
    {
        var crowd = Crowd()
        for voice in voices { crowd.hear(voice.says, from: voice.who, in: voice.place, at: now, hour: 0, isOutage: false) }
        return crowd.standing(at: now)
    }

    @Test("counts a person once, whatever they say how often, and their newest word")
    func persons() {
        let standing = Self.crowd([("a", "g", .asks), ("a", "g", .down), ("a", "h", .down), ("b", "h", .down), ("b", "h", .up)])
        #expect(standing.people == 1 && standing.content == 1)
    }

    @Test("counts who may have been prompted less, and elsewhere in full")
    func prompted() {
        #expect(Self.crowd([("a", "g", .asks), ("b", "g", .asks)]).troubled == 1.3)
        #expect(Self.crowd([("a", "g", .asks), ("b", "h", .asks)]).troubled == 2)
        // In one guild, and in rooms that do not see each other.
        var crowd = Crowd()
        for room in ["one", "two"] { crowd.hear(.asks, from: room, in: "g", room: room, at: .s(0), hour: 0, isOutage: false) }
        #expect(crowd.standing(at: .s(0)).troubled == 2)
    }

    @Test("has two askers look again and never more; three in different places are hardly chance")
    func thresholds() {
        let two = Self.crowd([("a", "g", .asks), ("b", "h", .asks)])
        #expect(two.wantsLook && !two.isSignificant)
        let three = Self.crowd([("a", "g", .asks), ("b", "h", .asks), ("c", "i", .asks)])
        #expect(three.chance < 1e-4)
        let five = Self.crowd((1...5).map { ("u\($0)", "g\($0)", .down) })
        #expect(five.isSignificant && !five.isOverwhelming)
        let many = Self.crowd((1...12).map { ("u\($0)", "g\($0)", .down) })
        #expect(many.isOverwhelming)
    }

    @Test("is not significant when it works for half of the people")
    func divided() {
        let standing = Self.crowd((1...5).map { ("u\($0)", "g\($0)", .down) } + (6...9).map { ("u\($0)", "g\($0)", .up) })
        #expect(!standing.isSignificant)
    }

    @Test("forgets after a quarter of an hour")
    func window() {
        var crowd = Crowd()
        crowd.hear(.down, from: "a", in: "g", at: .s(0), hour: 0, isOutage: false)
        #expect(crowd.standing(at: .s(900)).people == 1)
        #expect(crowd.standing(at: .s(901)).people == 0)
    }

    @Test("learns what is usual at an hour of the week in a place, and not from outages")
    func baseline() {
        func chance(isOutage: Bool) -> Double {
            var crowd = Crowd()
            for week in 0..<60 {
                for person in 0..<4 {
                    let at = Instant.s(Double(week) * 604_800 + Double(person))
                    crowd.hear(.asks, from: "w\(week)p\(person)", in: "g", at: at, hour: 20, isOutage: isOutage)
                }
                crowd.hear(.up, from: "x", in: "g", at: .s(Double(week) * 604_800 + 899), hour: 20, isOutage: isOutage)
                crowd.hear(.up, from: "x", in: "g", at: .s(Double(week) * 604_800 + 901), hour: 20, isOutage: isOutage)
            }
            let later = Instant.s(61 * 604_800)
            for person in 0..<4 { crowd.hear(.asks, from: "p\(person)", in: "g", at: later, hour: 20, isOutage: false) }
            return crowd.standing(at: later).chance
        }
        #expect(chance(isOutage: false) > 0.2)
        #expect(chance(isOutage: true) < 0.02)
    }

    @Test("knows Poisson's tail", arguments: [(2.0, 0.02, 1.97e-4), (3, 0.1, 1.55e-4), (6, 1, 5.94e-4), (0, 5, 1)])
    func tail(count: Double, mean: Double, probability: Double) {
        #expect(abs(Crowd.tail(atLeast: count, mean: mean) / probability - 1) < 0.01)
    }

    @Test("keeps no more voices than it may")
    func bounded() {
        var crowd = Crowd()
        for person in 0..<2_000 { crowd.hear(.down, from: "u\(person)", in: "g", at: .s(1), hour: 3, isOutage: false) }
        #expect(crowd.standing(at: .s(1)).people == Crowd.mostVoices)
    }
}

@Suite("Trust in a source")
struct SourceTrustTests {
    @Test(
        "is a grade by the mean delay of its admissions",
        arguments: [([5], .a), ([20], .b), ([20, 40], .c), ([nil], .f), ([5, nil], .d), ([], nil)]
            as [([Int?], SourceTrust.Grade?)])
    func grades(minutes: [Int?], grade: SourceTrust.Grade?) {
        var trust = SourceTrust()
        for delay in minutes { trust.note(delay: delay.map { .seconds($0 * 60) }) }
        #expect(trust.grade == grade)
    }
}
