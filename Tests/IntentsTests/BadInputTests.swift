import Status
import Testing

@testable import Intents

@Suite("What nobody should write")
struct BadInputTests {
    private let matcher = Bundled.matcher

    @Test(
        "decoration does not hide a question",
        arguments: [
            "i\u{338}s\u{32C} k\u{33E}i\u{337}k\u{336} d\u{337}o\u{336}w\u{337}n\u{334}?", "\u{202E}is kik down?\u{202C}",
            "is k\u{200B}i\u{200D}k d\u{2060}own?", "\u{FEFF}is kik down?", "ｉｓ　ｋｉｋ　ｄｏｗｎ？", "𝐢𝐬 𝐤𝐢𝐤 𝐝𝐨𝐰𝐧?", "𝓲𝓼 𝓴𝓲𝓴 𝓭𝓸𝔀𝓷?",
            "ⓘⓢ ⓚⓘⓚ ⓓⓞⓦⓝ?",
            "is ||kik|| down?", "||is kik down?||", "**is __kik__ down?**", "~~is~~ kik *down*?", "is `kik` down?",
            "# is kik down?",
            "<@123> is kik down? <:sad:456>", "is kik<:sad:456> down?", "is kik down<a:cry:7>?", "<@!1><@&2><#3> is kik down?",
            "😭😭 is kik down 😭😭?", "IS KIK DOWN???!!!", "is   kik\n\n\ndown?", "is kiiiik downnnn?", "> lol\nis kik down?",
            "```\nlog\n``` is kik down?", "\u{1B}[31mis kik down?\u{1B}[0m", "is\u{A0}kik\u{2003}down?",
        ])
    func decorated(text: String) {
        let match = matcher.match(text)
        #expect(match.intent == .statusQuery && match.services == ["kik"], "\(match)")
    }

    @Test(
        "what cannot be read is left alone: right, or silent",
        arguments: [
            "іѕ kіk dоwn?", "is кик down?", "is ki<@1>k down?", "is k<:i:1>k down?", "nwod kik si", "sı ʞıʞ uʍop",
            "k i k d o w n", "is k!k d0wn", "i$ |<i|< d0wn",
        ])
    func unreadable(text: String) {
        let match = matcher.match(text)
        #expect(!match.isSure(enoughFor: .chat()) || match.services == ["kik"] || match.services.isEmpty, "\(match)")
    }

    @Test(
        "what says nothing wants nothing",
        arguments: [
            "", " ", "\n", "\u{200B}", "😂😂😂", "💀", "👍🏽", "🏳️‍🌈", "...", "???", "<@123>", "<:kik:123>", "<a:down:123>",
            "> is kik down?", ">>> is kik down?\nis whatsapp down?", "```is kik down?```", "```swift\nlet kik = down\n```",
            "> is kik down?\n> is it just me?", "\u{FFFD}\u{FFFD}\u{FFFD}", "\u{0}\u{1}\u{2}", "\u{301}\u{301}\u{301}",
        ])
    func nothing(text: String) {
        let match = matcher.match(text)
        #expect(!match.isSure(enoughFor: .chat()) && match.services.isEmpty, "\(match)")
    }

    @Test(
        "bytes that are no text are passed over",
        arguments: [
            [0xED, 0xA0, 0x80], [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80], [0xC0, 0xAF], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFF, 0xFE],
            [0x80], [0xE2, 0x82], [0xF0, 0x9F],
        ] as [[UInt8]])
    func noText(bytes: [UInt8]) {
        for text in [bytes + Array(" is kik down?".utf8), Array("is kik down? ".utf8) + bytes] {
            let match = matcher.match(String(decoding: text, as: UTF8.self))
            #expect(match.services == ["kik"] && match.intent == .statusQuery, "\(match)")
            #expect(text.withUnsafeBufferPointer { matcher.isSure($0, defaultService: nil) })
        }
        _ = matcher.match(String(decoding: bytes, as: UTF8.self))
    }

    /// How long they take is measured by `UnderstandingBench`.
    @Test(
        "of 100 KB the beginning and the end are read",
        arguments: [
            "x", "so it was ", "nothing in particular ", "😀", "e\u{301}", "> ", "\n> x", "<@1>", "<", "'", "?", "к", "\u{200B}",
            "ki", "\u{202E}", "``` x ``` ", "|| ",
        ])
    func long(piece: String) {
        let filler = String(repeating: piece, count: 100_000 / piece.utf8.count)
        _ = matcher.match(filler)
        for text in ["is whatsapp down? " + filler, filler + "\nis whatsapp down?"] {
            #expect(matcher.match(text).services == ["whatsapp"], "\(piece)")
        }
    }

    @Test(
        "of 100 KB of names, addresses and half markup nothing is too much",
        arguments: [
            "is kik down? ", "kik ", "`", "{service}", "http://kik.com ", "#kikdown", "```", "kik,whatsapp,", "(x) ", "l'",
        ])
    func endless(piece: String) {
        let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
        #expect(matcher.match(text).services.count <= 2)
    }
}
