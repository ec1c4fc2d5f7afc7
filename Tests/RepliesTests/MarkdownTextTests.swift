import Replies
import Testing

@Suite("What people wrote, made harmless")
struct MarkdownTextTests {
    @Test(
        "neither formats nor pings nor links",
        arguments: [
            "**bold** _x_ ~~y~~ `code` ||spoiler||", "[here](https://evil.example)", "https://evil.example", "@everyone @here",
            "<@1> <#2> <@&3>",
            "# heading\n> quote\n- list", "<t:0:R> <:emoji:1>", "a\u{202E}b\u{0007}c\u{200B}d",
        ])
    func harmless(text: String) {
        let escaped = MarkdownText.escaped(text)
        for mark in "*_~`|[]()<>#" {
            var rest = escaped[...]
            while let place = rest.firstIndex(of: mark) {
                #expect(place > escaped.startIndex && escaped[escaped.index(before: place)] == "\\", "\(escaped)")
                rest = rest[escaped.index(after: place)...]
            }
        }
        for word in ["@everyone", "@here", "https://", "<@1", "\n", "\u{202E}", "\u{0007}"] { #expect(!escaped.contains(word)) }
    }

    @Test("plain names stay what they are")
    func plain() {
        #expect(MarkdownText.escaped("Café Olé 2") == "Café Olé 2")
        #expect(MarkdownText.escaped("  two \t words ") == "two words")
        #expect(MarkdownText.escaped("\u{0000}\u{202E}") == "")
    }

    @Test("long ones are cut, and so are towers of marks")
    func long() {
        #expect(MarkdownText.escaped(String(repeating: "a", count: 500)) == String(repeating: "a", count: 60) + "…")
        let zalgo = "a" + String(repeating: "\u{0301}", count: 10_000)
        #expect(MarkdownText.escaped(zalgo).unicodeScalars.count == 4)
    }
}
