import TestChance

/// Texts as people, and people with bad intentions, write them: made from lines by a generator with a seed.
struct Mutations {
    private let lines: [[UInt8]]
    private let names: [[UInt8]]
    private var random: SplitMix

    /// - Parameter names: put in for `{service}`, and now and then anywhere.
    init(lines: [String], names: [String], seed: UInt64) {
        self.lines = lines.map { Array($0.utf8) }
        self.names = names.map { Array($0.utf8) }
        random = SplitMix(state: seed)
    }

    /// The next text. Rarely it is no UTF-8.
    mutating func next() -> [UInt8] {
        var text = pick(lines)
        while let slot = text.firstRange(of: Self.slot) { text.replaceSubrange(slot, with: spelled(pick(names))) }
        if chance(3) { insert(spelled(pick(names)), into: &text, atBlank: true) }
        for _ in 0..<below(3) { insert(pick(Self.pieces), into: &text, atBlank: chance(2)) }
        if chance(40) { lengthen(&text) }
        if chance(100), !text.isEmpty { text[below(text.count)] = UInt8(below(256)) }
        return text
    }

    private static let slot = Array("{service}".utf8)

    /// What stands between and inside words.
    private static let pieces = [
        "'", "’", "`", "é", "ß", "É", "ñ", "😀", " 👻 ", "\u{200B}", "\u{FEFF}", "\u{301}", "\u{AD}", "ｋ", "Ｋ", "\u{212A}", "𝓴",
        "ⓚ", "—", "…",
        "“", "я", "В", "微", "\u{3000}", "?", "!", ".", ",", "/", "-", "_", "#", "<", "<@1>", "<:a:2>", "<3", "{", "{service}",
        " ",
        "  ", "\n", "\t", "\u{0}", "https://", "http://", "www.", ".com", ".com/", "down", "l'", "qu'", "s", "'s", "x", "kk",
        "ooo", "4", "503", "🏽",
        "\u{FFFD}", "×", "ﬁ", "\u{202E}", "```", "``` x ```", "\n> ", "\n> x\n", ">>> ", "||", "(", ")",
    ].map { Array($0.utf8) }

    private mutating func spelled(_ name: [UInt8]) -> [UInt8] {
        var name = name
        for _ in 0..<below(3) where !name.isEmpty {
            let place = below(name.count)
            switch below(12) {
            case 0: name = Array(String(decoding: name, as: UTF8.self).uppercased().utf8)
            case 1: name = name.map(Self.capital)
            case 2: name.insert(UInt8(ascii: "a") + UInt8(below(26)), at: place)
            case 3: name.remove(at: place)
            case 4: name[place] = name[place] < 0x80 ? UInt8(ascii: "a") + UInt8(below(26)) : name[place]
            case 5: name.swapAt(place, max(0, place - 1))
            case 6: name.insert(contentsOf: Array(repeating: name[place], count: 1 + below(4)), at: place)
            case 7: name.insert(contentsOf: pick(Self.pieces), at: place)
            case 8: name = Array("#".utf8) + name + Array("down".utf8)
            case 9: name += Array(["s", "'s", "’s", ".com", ".com/x", "?", "😭"][below(7)].utf8)
            case 10: name = Array(["https://", "https://web.", "www.", "l'", "qu’", "😀", "\u{200B}", "("][below(8)].utf8) + name
            default: name = name.flatMap(Self.wide)
            }
        }
        return name
    }

    private static func capital(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & 0xDF : byte
    }

    /// The fullwidth form of a letter.
    private static func wide(_ byte: UInt8) -> [UInt8] {
        guard (0x21...0x7E).contains(byte), let scalar = Unicode.Scalar(UInt32(byte) + 0xFEE0) else { return [byte] }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func insert(_ piece: [UInt8], into text: inout [UInt8], atBlank: Bool) {
        let blanks = text.indices.filter { text[$0] == UInt8(ascii: " ") }
        if atBlank, !blanks.isEmpty {
            text.insert(contentsOf: [UInt8(ascii: " ")] + piece, at: blanks[below(blanks.count)])
        } else {
            text.insert(contentsOf: piece, at: below(text.count + 1))
        }
    }

    /// So long that it is not read as a whole.
    private mutating func lengthen(_ text: inout [UInt8]) {
        let filler = Array(repeating: Array(["and so on ", "lol", "é ", "我们", "i we do no ", "tik "][below(6)].utf8), count: 400)
        insert(Array(filler.joined()), into: &text, atBlank: chance(2))
    }

    private mutating func pick(_ list: [[UInt8]]) -> [UInt8] {
        list[below(list.count)]
    }

    private mutating func chance(_ once: Int) -> Bool {
        below(once) == 0
    }

    private mutating func below(_ bound: Int) -> Int {
        Int(random.next() % UInt64(bound))
    }
}
