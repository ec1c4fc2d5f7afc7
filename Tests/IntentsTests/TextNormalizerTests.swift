import Testing

@testable import Intents

@Suite("The normal form of a message")
struct TextNormalizerTests {
    @Test(
        "folds what people do to words",
        arguments: [
            ("Is KIK Down?!", ["is", "kik", "down", "?", "!"]),
            ("isn’t it kik's fault", ["isnt", "it", "kiks", "fault"]),
            ("soooo downnnn", ["so", "down"]),
            ("¿Está caído?", ["?", "esta", "caido", "?"]),
            ("läuft’s nicht", ["laufts", "nicht"]),
            ("l'appli n'est pas là", ["l", "appli", "n", "est", "pas", "la"]),
            ("ｋｉｋ 𝓴𝓲𝓴 ⓚⓘⓚ", ["kik"]),
            ("k\u{200B}i\u{FEFF}k", ["kik"]),
            ("do\u{0336}wn", ["down"]),
            ("down 😭😭😭", ["down", "😭"]),
            ("error 503 at 14:30", ["error", "503", "at", "0"]),
            ("<@123> is <:kik:99> down <#5>", ["is", "down"]),
            ("#kikdown", ["kik", "down"]),
            ("is {service} down", ["is", "{service}", "down"]),
            ("no no no no", ["no"]),
            ("see https://www.Example.com/a?b=c?", ["see", "www.example.com", "?"]),
            ("is example.org down", ["is", "example.org", "down"]),
            ("its down.anyone else", ["its", "down", "anyone", "else"]),
            ("вайбер не работает", ["вайбер", "не", "работает"]),
            ("", []),
            ("\u{200D}\u{0301}   \n", []),
        ]
    )
    func folds(text: String, words: [String]) {
        #expect(TextNormalizer.normalize(text).words == words)
    }

    @Test("reads the beginning and the end of a rant")
    func window() {
        let rant = "kik is terrible " + String(repeating: "and so it goes ", count: 10_000) + "is it down now"
        let words = TextNormalizer.normalize(rant).words
        #expect(words.count <= TextNormalizer.maximumTokens.all)
        #expect(words.starts(with: ["kik", "is", "terrible"]))
    }

    @Test("makes no word of the halves of two")
    func halves() {
        let rant = String(repeating: "a", count: 636) + " like " + String(repeating: "so ", count: 200) + "is"
        let words = TextNormalizer.normalize(rant + String(repeating: " kick it", count: 200)).words
        #expect(Set(words) == ["a", "kick", "it"])
        // Nothing is left out: nothing is cut.
        let whole = String(repeating: "é", count: 700)
        #expect(TextNormalizer.normalize(whole + " kik").words.last == "kik")
    }

    @Test("cuts words without end")
    func longWord() {
        let words = TextNormalizer.normalize(String(repeating: "ab", count: 5_000)).words
        #expect(words.map(\.utf8.count) == [TextNormalizer.maximumWord])
    }

    @Test(
        "is a fixed point: what is folded stays as it is",
        arguments: ["Is KIK Dooown??", "¡Se cayó el servidor!", "l'été à 503 😭"])
    func idempotent(text: String) {
        let once = TextNormalizer.normalize(text).words
        #expect(TextNormalizer.normalize(once.joined(separator: " ")).words == once)
    }
}
