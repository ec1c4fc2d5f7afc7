import Testing
import Timing

@testable import Status

@Suite("From evidence to a verdict")
struct VerdictFusionTests {
    static let fusion = VerdictFusion(staleAfter: .seconds(60))

    static func kik(android: String = "", ios: String = "", files: String = "", www: String = "") -> [ComponentEvidence] {
        [
            ComponentEvidence(component: .messaging, checks: ["android": evidence(android), "ios": evidence(ios, .ios)]),
            ComponentEvidence(component: .media, checks: ["files": evidence(files, .files)]),
            ComponentEvidence(component: .website, checks: ["www": evidence(www, .www)]),
        ]
    }

    static func verdict(
        _ evidence: [ComponentEvidence],
        hearing others: [Testimony] = [],
        while connectivity: Connectivity.State = .online,
        _ view: VerdictFusion.View = .latest,
        at now: Instant = .s(100)
    ) -> Verdict {
        fusion.verdict(
            from: [("home", evidence)], OtherEvidence(), others, observed: evidence.compactMap(\.newest).max(),
            while: connectivity, view,
            at: now)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var android = "", ios = "", files = "", www = ""
        var state: Verdict.State
        var scope = Verdict.Scope.unclear
        var because: [Reason] = []
        var against: [Reason] = []
        var testDescription: String { "android \(android) ios \(ios) files \(files) www \(www) → \(state)" }
    }

    static let media = Reason.answers(component: "media", milliseconds: 80)
    static let messaging = Reason.answers(component: "messaging", milliseconds: 80)

    static let rows: [Row] = [
        Row(state: .unknown, because: [.noEvidence]),
        Row(android: "o", ios: "o", files: "o", state: .up, because: [messaging, media]),
        Row(android: "o", state: .up, because: [messaging]),
        // The light component alone is less than half of what counts.
        Row(files: "ooo", state: .unknown, because: [.noEvidence], against: [media]),
        // One failure, or two, keep the old state.
        Row(
            android: "ooooF", ios: "ooooo", files: "o", state: .up, because: [messaging, media],
            against: [.unconfirmed(component: "messaging")]),
        Row(android: "oooFF", ios: "oooFF", state: .up, because: [messaging], against: [.unconfirmed(component: "messaging")]),
        Row(android: "F", ios: "F", state: .unknown, because: [.unconfirmed(component: "messaging")]),
        // Confirmed.
        Row(
            android: "ooFFF", ios: "ooFFF", files: "o", state: .down,
            because: [.silent(component: "messaging", phase: .connect, failed: 6, of: 10)], against: [media]),
        Row(android: "FFF", state: .down, because: [.silent(component: "messaging", phase: .connect, failed: 3, of: 3)]),
        // One way in is silent, and the other failed when it was last looked at: nothing that answers is left.
        Row(
            android: "ooFFF", ios: "oooFF", state: .down,
            because: [.silent(component: "messaging", phase: .connect, failed: 5, of: 10)]),
        // One way in fails while another answers.
        Row(
            android: "FFF", ios: "o", state: .partial, scope: .some,
            because: [.partlySilent(component: "messaging", check: "android")]),
        Row(
            android: "o", ios: "FFF", state: .partial, scope: .some,
            because: [.partlySilent(component: "messaging", check: "ios")]
        ),
        // Coming back.
        Row(android: "FFFoo", state: .degraded, because: [.recovering(component: "messaging")]),
        Row(android: "FFFooo", state: .up, because: [messaging]),
        // Slow.
        Row(android: "oosss", ios: "ooooo", state: .degraded, because: [.slow(component: "messaging", milliseconds: 80)]),
        Row(android: "oooss", ios: "ooooo", state: .up, because: [messaging]),
        Row(android: "s", state: .degraded, because: [.slow(component: "messaging", milliseconds: 80)]),
        Row(android: "oss", state: .up, because: [messaging]),
        // A refusal proves life and nothing else.
        Row(android: "bbb", ios: "bbb", state: .unknown, because: [.blocked(component: "messaging")]),
        Row(android: "bbb", ios: "ooo", state: .up, because: [messaging]),
        Row(android: "ooo", files: "bbb", state: .up, because: [messaging], against: [.blocked(component: "media")]),
        // A light component.
        Row(
            android: "o", ios: "o", files: "FFF", state: .partial,
            because: [.silent(component: "media", phase: .connect, failed: 3, of: 3)], against: [messaging]),
        // Weight zero.
        Row(android: "o", ios: "o", files: "o", www: "FFFFF", state: .up, because: [messaging, media]),
        Row(www: "FFFFF", state: .unknown, because: [.noEvidence]),
        Row(www: "ooooo", state: .unknown, because: [.noEvidence]),
    ]

    @Test("each pattern of results has its verdict and its reasons", arguments: rows)
    func table(row: Row) {
        let verdict = Self.verdict(Self.kik(android: row.android, ios: row.ios, files: row.files, www: row.www))
        let expected = Verdict(
            state: row.state,
            scope: row.scope,
            confidence: verdict.confidence,
            observed: row.android + row.ios + row.files + row.www == "" ? nil : .s(100),
            because: row.because,
            against: row.against
        )
        #expect(verdict == expected)
    }

    @Test("a component below a quarter of the service degrades it")
    func veryLight() {
        let trinket = Component(id: "stickers", name: "stickers", weight: 0.2, checks: [.files])
        let verdict = Self.verdict([
            ComponentEvidence(component: .messaging, checks: ["android": evidence("ooo")]),
            ComponentEvidence(component: trinket, checks: ["files": evidence("FFF", .files)]),
        ])
        #expect(verdict.state == .degraded)
    }

    @Test("two halves of a service that are both silent make it down, one of them makes it partial")
    func halves() {
        let halves = ["one", "two"].map { Component(id: $0, name: $0, weight: 0.5, checks: [.android]) }
        let states = ["FFF", "ooo"].map { second in
            Self.verdict([
                ComponentEvidence(component: halves[0], checks: ["android": evidence("FFF")]),
                ComponentEvidence(component: halves[1], checks: ["android": evidence(second)]),
            ]).state
        }
        #expect(states == [.down, .partial])
    }

    @Test("confirmed conditions alone keep an outage open until it is over")
    func confirmedView() {
        let states = ["FFF", "FFFo", "FFFoo", "FFFooo"].map { Self.verdict(Self.kik(android: $0), .confirmed).state }
        #expect(states == [.down, .down, .down, .up])
    }

    @Test("old evidence is no evidence")
    func stale() {
        let up = Self.kik(android: "ooo")
        #expect(Self.verdict(up, at: .s(160)).state == .up)
        #expect(
            Self.verdict(up, at: .s(161))
                == Verdict(state: .unknown, scope: .unclear, confidence: 0, observed: .s(100), because: [.stale])
        )
    }

    @Test("nothing is judged while we are not known to be online")
    func blind() {
        let down = Self.kik(android: "FFF", ios: "FFF")
        let reasons = [Connectivity.State.blind(failed: 4, of: 6), .returning(at: .s(110)), .undecided].map {
            Self.verdict(down, while: $0)
        }
        #expect(reasons.map(\.state) == [.unknown, .unknown, .unknown])
        #expect(reasons.map(\.because) == [[.blind(failed: 4, of: 6)], [.stale], [.stale]])
        #expect(Self.verdict(Self.kik(), while: .undecided).because == [.noEvidence])
    }

    @Test("our probes alone never make us sure that everybody is affected")
    func oneVantage() {
        let verdict = Self.verdict(Self.kik(android: "FFFFF", ios: "FFFFF", files: "FFFFF"))
        #expect(verdict.state == .down)
        #expect(verdict.scope == .unclear)
        #expect((0.8..<0.9).contains(verdict.confidence))
    }

    @Test(
        "a second source that says the same makes it everyone, with more confidence",
        arguments: [
            Testimony(source: .probes(vantage: "abroad"), gone: LogOdds(5), troubled: LogOdds(5)),
            Testimony(source: .feed, gone: LogOdds(3), troubled: LogOdds(3)),
        ]
    )
    func twoSources(other: Testimony) {
        let verdict = Self.verdict(Self.kik(android: "FFFFF", ios: "FFFFF"), hearing: [other])
        #expect(verdict.scope == .everyone)
        #expect(verdict.confidence > 0.9)
    }

    @Test("a second testimony from our own place is no second source, and a contradiction lowers the confidence")
    func notIndependent() {
        let down = Self.kik(android: "FFFFF", ios: "FFFFF")
        let same = Testimony(source: .probes(vantage: "home"), gone: LogOdds(5), troubled: LogOdds(5))
        #expect(Self.verdict(down, hearing: [same]).scope == .unclear)
        let contrary = Testimony(source: .probes(vantage: "abroad"), gone: LogOdds(-6), troubled: LogOdds(-4))
        let verdict = Self.verdict(down, hearing: [contrary])
        #expect(verdict.scope == .unclear)
        #expect(verdict.confidence < 0.6)
    }

    @Test("each failure in a row makes “up” less sure, each answer after an outage makes trouble less sure")
    func confidenceFollows() {
        let falling = ["ooooo", "ooooF", "oooFF"].map { Self.verdict(Self.kik(android: $0)).confidence }
        #expect(falling[0] > falling[1] && falling[1] > falling[2])
        let healing = ["FFF", "FFFo", "FFFoo"].map { Self.verdict(Self.kik(android: $0)).confidence }
        #expect(healing[0] >= healing[1] && healing[1] > healing[2])
    }
}
