import Testing

@testable import Status

@Suite("Flapping")
struct FlapScoreTests {
    private func score(_ states: String) -> FlapScore {
        var score = FlapScore()
        for state in states { score.note(isDown: state == "d") }
        return score
    }

    /// Nagios weighs the changes among 21 states from 0.75 to 1.25, so that 20 changes are 100 %.
    @Test(
        "is scored as Nagios does",
        arguments: [
            ("", 0), ("u", 0), (String(repeating: "u", count: 30), 0), (String(repeating: "ud", count: 15), 100),
            (String(repeating: "u", count: 20) + "d", 6.25), ("d" + String(repeating: "u", count: 20), 3.75),
        ] as [(String, Double)])
    func percent(states: String, percent: Double) {
        #expect(abs(score(states).percent - percent) < 0.001)
    }

    @Test("begins at a fifth and ends only when nearly all is quiet")
    func hysteresis() {
        var score = score("uuuuuuuuudddddduuu")
        #expect(!score.isFlapping)
        for state in [true, true, false] { score.note(isDown: state) }
        #expect(score.isFlapping)
        var quiet = 0
        while score.isFlapping, quiet < 100 {
            score.note(isDown: false)
            quiet += 1
        }
        // The last change but one must leave the window, and the last one weigh no more than 5 %.
        #expect((15...20).contains(quiet))
    }
}
