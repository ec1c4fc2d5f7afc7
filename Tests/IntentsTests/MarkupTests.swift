import Foundation
import Testing

@testable import Intents

@Suite("Quotes and blocks of code")
struct MarkupTests {
    @Test(
        "are not the person's words",
        arguments: [
            ("> is kik down?", ""), ("> is kik down?\nno it's fine", "\nno it's fine"),
            ("lol\n> is kik down?\nyes", "lol\n\nyes"),
            (">>> is kik down?\nand whatsapp?", ""), ("hm\n>>> kik\nkik", "hm\n"), ("```is kik down```", " "),
            ("look ```\nkik down\n``` anyone else?", "look   anyone else?"), ("> ```\nis kik down", "\nis kik down"),
        ])
    func removed(text: String, rest: String) {
        #expect(Markup.removed(from: text) == rest)
    }

    @Test(
        "what only looks like them stays",
        arguments: [
            "is kik down?", "is `kik` down", "is ||kik|| down?", "lol > is kik down", ">is kik down", "```is kik down",
            "kik\n>_<", "",
            ">", "<@1> kik", "``", "a\nb\nc",
        ])
    func kept(text: String) {
        #expect(Markup.removed(from: text) == text)
    }

    @Test(
        "what removes them leaves nothing to remove", arguments: ["``````` ```", "> > x\n> y", "```a```b```c", "```\n> x```> y"])
    func settles(text: String) {
        let once = Markup.removed(from: text)
        #expect(Markup.removed(from: once) == once)
    }

    @Test("of an endless text only the beginning is searched, and all of its end is kept")
    func bound() {
        let text = String(repeating: "`` ```x", count: 20_000) + "> is kik down?"
        #expect(Markup.removed(from: text).hasSuffix("> is kik down?"))
    }
}
