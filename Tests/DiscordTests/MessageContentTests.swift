import Discord
import Testing
import Timing

@Suite("message content")
struct MessageContentTests {
    @Test("keeps whole paragraphs and drops them from the end")
    func paragraphs() {
        let content = MessageContent(paragraphs: ["first", "second", "third one"], limit: 15)
        #expect(content?.text == "first\n\nsecond")
        #expect(content?.isShortened == true)
        #expect(MessageContent(paragraphs: ["first", "second"], limit: 13)?.isShortened == false)
    }

    @Test("does not jump over a paragraph to fit a later one")
    func order() {
        #expect(MessageContent(paragraphs: ["a", "too long to fit", "b"], limit: 10)?.text == "a")
    }

    @Test("reads paragraphs from a text with empty lines")
    func text() {
        #expect(MessageContent("a\nb\n \n\n\nc\n")?.text == "a\nb\n\nc")
    }

    @Test("is nothing when there is nothing to say", arguments: ["", " \n\t\n", "\n\n\n"])
    func nothing(text: String) {
        #expect(MessageContent(text) == nil)
    }

    @Test(
        "that must be cut is cut between words, links and characters",
        arguments: [
            ("one two three", 10, "one two…"),
            ("one two three", 8, "one two…"),
            ("one two", 7, "one two"),
            ("see https://example.com/a-long-path now", 20, "see…"),
            ("see [the status page](https://example.com/x) now", 30, "see…"),
            ("see ([the page](https://example.com/x)) now", 41, "see ([the page](https://example.com/x))…"),
            ("a [b c] d e", 8, "a [b c]…"),
            ("aaaaaaaaaa", 5, "aaaa…"),
            ("🧪🧪🧪🧪", 6, "🧪🧪…"),
            ("👩‍👩‍👧‍👧👩‍👩‍👧‍👧", 12, "👩‍👩‍👧‍👧…"),
        ])
    func cut(text: String, limit: Int, expected: String) {
        #expect(MessageContent(text, limit: limit)?.text == expected)
    }

    @Test("cuts within a character only when one character alone is too long")
    func monstrousCharacter() throws {
        let monster = "e" + String(repeating: "\u{301}", count: 5_000)
        let content = try #require(MessageContent(monster))
        #expect(content.text.utf16.count == 2_000)
        #expect(content.text.unicodeScalars.starts(with: "e\u{301}\u{301}".unicodeScalars))
    }

    @Test("never exceeds 2000 UTF-16 units, whatever it is made of")
    func limit() throws {
        var chance = Jitter(seed: 3)
        let pieces = ["a", " ", "\n", "\n\n", "🧪", "e\u{301}", "[", "](", ")", "https://e.example/", "\u{200D}", "\r\n", "word "]
        for _ in 0..<200 {
            let count = Int(chance.fraction() * 3_000)
            let text = (0..<count).map { _ in pieces[Int(chance.fraction() * Double(pieces.count))] }.joined()
            guard let content = MessageContent(text) else { continue }
            #expect((1...2_000).contains(content.text.utf16.count))
        }
    }
}
