import Status
import Testing
import Timing

@Suite("Evidence of one check")
struct CheckEvidenceTests {
    @Test(
        "falls silent at 3 failures in a row or 4 of 5, and comes back after 3 answers in a row",
        arguments: [
            ("", false), ("F", false), ("FF", false), ("FFF", true), ("oFoFoF", false), ("FFoFF", true), ("FoFFF", true),
            ("FoooF", false), ("FoFooF", false),
            ("FFFo", true), ("FFFoo", true), ("FFFooo", false), ("FoFFoo", false), ("FoFFFooFoo", true), ("FFFbsb", false),
            ("FFFFFFFFF", true), ("ooooooo", false), ("bbbbb", false),
        ]
    )
    func damping(results: String, isSilent: Bool) {
        #expect(evidence(results).isSilent == isSilent)
    }

    @Test("keeps the last five results")
    func window() {
        #expect(evidence("FFFFoosb").observations.map(\.result.outcome) == outcomes("Foosb"))
    }

    @Test("forgets what was before a gap, and that it was silent")
    func gap() {
        var silent = evidence("FFF")
        let late = CheckEvidence.Observation(result: .of(.failed), at: .s(161))
        silent.record(late, gap: .seconds(60))
        #expect(silent.observations == [late])
        #expect(!silent.isSilent)
    }
}
