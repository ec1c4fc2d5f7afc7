import Testing
import Timing

@testable import Status

/// A journal in which every minute has two rounds.
private struct Story {
    private(set) var entries: [JournalEntry] = []
    private var round = 0
    var targets = ["messaging": ["a", "b"]]
    var canaries = ["c1", "c2", "c3", "c4", "c5"]

    /// Seconds since the story began.
    var seconds: Double { Double(round) * 30 }

    private func at(_ offset: Double) -> Timestamp {
        Timestamp(milliseconds: 1_795_428_000_000 + Int64((seconds + offset) * 1_000))
    }

    /// So many rounds in which some targets fail.
    mutating func pass(
        _ rounds: Int, failing: Set<String> = [], offline: Bool = false, from vantages: [String: Set<String>] = [:]
    ) {
        for _ in 0..<rounds {
            for canary in canaries { entries.append(JournalEntry(at: at(0), evidence: .canary(target: canary, isOK: !offline))) }
            for (vantage, lost) in vantages.isEmpty ? ["home": failing] : vantages {
                for component in targets.keys.sorted() {
                    for target in targets[component] ?? [] {
                        let failed = offline || lost.contains(target)
                        let probe = ProbeSighting(
                            service: "s", component: component, target: target, vantage: vantage, outcome: failed ? .failed : .ok,
                            phase: failed ? .connect : nil, milliseconds: 50)
                        entries.append(JournalEntry(at: at(1), evidence: .probe(probe)))
                    }
                }
            }
            round += 1
        }
    }

    mutating func say(_ evidence: JournalEntry.Evidence) {
        entries.append(JournalEntry(at: at(0), evidence: evidence))
    }

    /// The changes of verdict: seconds since the beginning, and the state.
    func told() -> [(seconds: Double, verdict: Verdict)] {
        var survey = JournalSurvey()
        for entry in entries { survey.note(entry) }
        var replay = Replay(survey, catalogue: [])
        return entries.flatMap { replay.take($0) }
            .map { (Double($0.at.milliseconds - 1_795_428_000_000) / 1_000, $0.verdict) }
    }

    /// The same as text: `0 up, 631 down`.
    var plot: String {
        var last: Verdict.State?
        return told().filter { change in
            defer { last = change.verdict.state }
            return change.verdict.state != last
        }.map { "\(Int($0.seconds)) \($0.verdict.state.rawValue)" }.joined(separator: ", ")
    }
}

@Suite("A replay")
struct ReplayTests {
    @Test("calls an outage of everything after two rounds, and its end after two")
    func outage() {
        var story = Story()
        story.pass(20)
        story.pass(10, failing: ["a", "b"])
        story.pass(10)
        #expect(story.plot == "1 up, 631 down, 931 up")
    }

    @Test("takes three rounds for a single target, because any two are lost by chance now and then")
    func lonely() {
        var story = Story()
        story.targets = ["web": ["w"]]
        story.pass(20)
        story.pass(2, failing: ["w"])
        story.pass(10)
        story.pass(3, failing: ["w"])
        #expect(story.plot == "1 up, 1021 down")
    }

    @Test("does not mind what fails for one round, nor one target that is lost now and then")
    func oneRound() {
        var story = Story()
        for _ in 0..<20 {
            story.pass(3)
            story.pass(1, failing: ["a", "b"])
            story.pass(1, failing: ["b"])
            story.pass(3)
        }
        #expect(story.plot == "1 up")
    }

    @Test("calls one target of two partial, and says which")
    func partial() throws {
        var story = Story()
        story.pass(20)
        story.pass(5, failing: ["b"])
        #expect(story.plot == "1 up, 661 partial")
        let last = try #require(story.told().last)
        #expect(last.verdict.because == [.partlySilent(component: "messaging", check: "b")])
    }

    @Test("goes blind with its own network, and calls nothing down for it", arguments: [1, 2, 40])
    func blind(rounds: Int) {
        var story = Story()
        story.pass(20)
        story.pass(rounds, offline: true)
        story.pass(20)
        let back = 600 + rounds * 30
        // What was known before a short gap still counts; after a long one it takes the first look.
        #expect(story.plot == "1 up, 600 unknown, \(back + (rounds < 3 ? 30 : 31)) up")
    }

    @Test("judges a journal without canaries as if we had been online")
    func noCanaries() {
        var story = Story()
        story.canaries = []
        story.pass(20)
        story.pass(10, failing: ["a", "b"])
        #expect(story.plot == "1 up, 631 down")
    }

    @Test("knows nothing any more when its probes stop coming")
    func silence() {
        var story = Story()
        story.pass(20)
        story.targets = [:]
        story.pass(20)
        // The last results are of second 571, count for three rounds and half a minute, and are looked at each round.
        #expect(story.plot == "1 up, 721 unknown")
    }

    @Test("calls it down for everyone when a second family says so, and names both")
    func everyone() throws {
        var story = Story()
        story.pass(20)
        story.pass(3, failing: ["a", "b"])
        story.say(.feed(service: "s", source: "statuspage", word: .critical))
        story.pass(3, failing: ["a", "b"])
        let scopes = story.told().map { "\($0.verdict.state) \($0.verdict.scope)" }
        #expect(scopes == ["up unclear", "down unclear", "down everyone"])
        let last = try #require(story.told().last?.verdict)
        #expect(last.because.contains(.official(source: "statuspage", word: .critical)))
        #expect(last.confidence > 0.95)
    }

    @Test("believes a round and a half when the provider admits an outage at the same time")
    func sooner() {
        var story = Story()
        story.targets = ["web": ["w"]]
        story.pass(20)
        story.say(.feed(service: "s", source: "statuspage", word: .major))
        story.pass(2, failing: ["w"])
        #expect(story.plot == "1 up, 600 partial, 631 down")
    }

    @Test("takes a red feed for late, not for news, when our probes have seen the outage end")
    func late() throws {
        var story = Story()
        story.pass(20)
        story.pass(10, failing: ["a", "b"])
        story.pass(10)
        story.say(.feed(service: "s", source: "statuspage", word: .major))
        story.pass(10)
        #expect(story.plot == "1 up, 631 down, 931 up")
    }

    @Test("calls it maintenance when it fails while work is announced, and up when it does not")
    func maintenance() {
        var story = Story()
        story.pass(20)
        story.say(.feed(service: "s", source: "statuspage", word: .maintenance))
        story.pass(10)
        story.pass(5, failing: ["a", "b"])
        #expect(story.plot == "1 up, 931 maintenance")
    }

    @Test("says “from this region” when one of several places sees it fail")
    func region() throws {
        var story = Story()
        story.pass(20, from: ["home": [], "oslo": [], "lima": []])
        story.pass(5, from: ["home": [], "oslo": [], "lima": ["a", "b"]])
        let last = try #require(story.told().last?.verdict)
        #expect(last.state == .partial && last.scope == .region)
        #expect(last.because.contains(.places(failing: 1, of: 3)))
    }

    @Test("calls it down for everyone when all of several places see it fail")
    func allPlaces() throws {
        var story = Story()
        story.pass(20, from: ["home": [], "oslo": []])
        story.pass(5, from: ["home": ["a", "b"], "oslo": ["a", "b"]])
        let last = try #require(story.told().last?.verdict)
        #expect(last.state == .down && last.scope == .everyone && last.confidence > 0.9)
    }

    @Test("never calls it down for a rumour, nor for one page that is wrong")
    func rumour() {
        var story = Story()
        story.pass(20)
        story.say(.page(service: "s", source: "p1", word: .down))
        story.say(.page(service: "s", source: "p2", word: .up))
        for person in 1...6 { story.say(.report(service: "s", who: "u\(person)", place: "g1", says: .down)) }
        story.pass(20)
        #expect(story.plot == "1 up")
    }

    @Test("judges what nobody probes by what others say, two pages at least")
    func unprobed() {
        var story = Story()
        story.targets = [:]
        story.pass(2)
        story.say(.page(service: "s", source: "p1", word: .down))
        story.pass(2)
        story.say(.page(service: "s", source: "p2", word: .down))
        story.pass(2)
        story.say(.feed(service: "s", source: "statuspage", word: .none))
        story.pass(2)
        story.say(.feed(service: "s", source: "statuspage", word: .critical))
        #expect(story.plot == "120 degraded, 240 down")
    }

    @Test("is not very sure of what only a green page says")
    func greenPage() throws {
        var story = Story()
        story.targets = [:]
        story.pass(2)
        story.say(.feed(service: "s", source: "statuspage", word: .none))
        story.pass(2)
        let last = try #require(story.told().last?.verdict)
        #expect(last.state == .up && last.confidence == 0.7)
    }

    @Test("says the same every time")
    func deterministic() {
        var story = Story()
        story.pass(20)
        story.pass(10, failing: ["a", "b"])
        #expect(story.told().map(\.verdict) == story.told().map(\.verdict))
    }
}
