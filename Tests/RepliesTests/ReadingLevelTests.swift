import Diagnostics
import Testing

@testable import Replies

@Suite("How hard English is to read")
struct ReadingLevelTests {
    @Test(
        "syllables, as a dictionary counts them",
        arguments: [
            ("the", 1), ("phone", 1), ("restart", 2), ("erases", 3), ("ended", 2), ("closed", 1), ("table", 2), ("message", 2),
            ("notification", 5), ("update", 2), ("server", 2), ("late", 1), ("connection", 3), ("password", 2), ("battery", 3),
        ])
    func syllables(word: String, count: Int) {
        #expect(ReadingLevel.syllables(in: word[...]) == count)
    }

    @Test("short sentences of short words are easy; long ones are not")
    func levels() throws {
        let easy =
            "Turn it off. Turn it on. Try it now. If it works, good. If it does not, tell me what you see on the screen right now."
        let hard = """
            Notwithstanding the aforementioned considerations, the reinitialisation of the application's persistent configuration \
            necessitates the comprehensive elimination of previously accumulated communication histories.
            """
        let (low, high) = (try #require(ReadingLevel.grade(of: easy)), ReadingLevel.grade(of: hard + " " + hard))
        #expect(low < 3)
        #expect(try #require(high) > 20)
        #expect(ReadingLevel.grade(of: "Too short to tell.") == nil)
    }

    @Test("what is too hard is a mistake with its line")
    func checked() {
        let text =
            "Notwithstanding the aforementioned considerations, reinitialisation of the application's persistent configuration "
            + "necessitates comprehensive elimination of previously accumulated communication histories, irrespective of "
            + "individual preferences concerning retention, restoration, or organisational accessibility."
        let mistakes = ReadingLevel.mistakes(in: [("en/help.md", "easy. " + text)])
        #expect(mistakes.map(\.line) == [1])
        #expect(mistakes.first?.message.contains("reads like school year") == true)
    }

    @Test("a translation that forgets a link or what is filled in is a mistake")
    func translations() throws {
        let english = try #require(Samples.english.first { $0.path == "en/services/kik.md" }?.text)
        let body = english.replacing(/(?s)\A---.*?---\n/, with: "")
        #expect(Samples.mistakes(changing: "nl/services/kik.md") { _ in body }.isEmpty)
        let linkless = Samples.mistakes(changing: "nl/services/kik.md") { _ in body.replacing("<https://ws.kik.com/p>", with: "x")
        }
        #expect(linkless.map(\.message) == ["The link https://ws.kik.com/p of the English text is missing."])
        let mute = Samples.mistakes(changing: "nl/services/kik.md") { _ in body.replacing("{{support}}", with: "x") }
        #expect(mute.count == 1)
    }
}
