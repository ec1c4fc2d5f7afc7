/// How words begin that may be names: by their first three bytes, whatever people do to them.
struct GlanceOpenings: Sendable {
    /// What a byte of a text is, in five bits: a letter is 1 ... 26.
    enum Kind {
        static let blank: UInt64 = 0
        static let digit: UInt64 = 27
        static let apostrophe: UInt64 = 28
        static let foreign: UInt64 = 31
        /// Letters and digits.
        static let letters: ClosedRange<UInt64> = 1...27
        static let all: ClosedRange<UInt64> = 0...31
    }

    private let kinds: [UInt8]
    /// A bit for each three kinds of byte that a word worth reading may begin with.
    private var openings = [UInt64](repeating: 0, count: 1 << 9)
    /// Those of them that are worth it in words of fewer than six letters, too.
    private var shortOpenings = [UInt64](repeating: 0, count: 1 << 9)
    /// A bit for each kind of byte that a name begins with.
    private var initials: UInt64 = 0
    /// A bit for each of the bytes 0xC0 ... 0xFF that a name begins with.
    private var foreignInitials: UInt64 = 0

    init() {
        kinds = (0...255).map { UInt8(Self.kind(of: $0)) }
    }

    static func kind(of byte: UInt8) -> UInt64 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(byte & 0x1F)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Kind.digit
        case UInt8(ascii: "'"), UInt8(ascii: "`"): Kind.apostrophe
        case 0x80...: Kind.foreign
        default: Kind.blank
        }
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        Kind.letters.contains(kind(of: byte))
    }
}

// MARK: Asking

extension GlanceOpenings {
    /// What the walk over a text needs, lent for its time.
    struct Tables {
        fileprivate let kinds: UnsafeBufferPointer<UInt8>
        fileprivate let openings: UnsafeBufferPointer<UInt64>
        fileprivate let shortOpenings: UnsafeBufferPointer<UInt64>

        /// The kind of byte at a place; blank behind the end.
        func kind(_ place: Int, in text: UnsafeBufferPointer<UInt8>) -> UInt64 {
            place < text.count ? UInt64(kinds[Int(text[place])]) : Kind.blank
        }

        /// Whether a letter or a digit stands before a place.
        func isInWord(_ place: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
            place > 0 && Kind.letters.contains(kind(place - 1, in: text))
        }

        /// Whether a word that begins at a place is worth reading.
        func opens(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
            let key = kind(start, in: text) << 10 | kind(start &+ 1, in: text) << 5 | kind(start &+ 2, in: text)
            let place = Int(truncatingIfNeeded: key >> 6)
            guard openings[place] &>> key & 1 != 0 else { return false }
            // What only a slip makes a name is not one if it is too short for one.
            return shortOpenings[place] &>> key & 1 != 0
                || (3..<ServiceIndex.shortestForgivingName).allSatisfy { kind(start + $0, in: text) != Kind.blank }
        }
    }

    func withTables<Result>(_ body: (Tables) -> Result) -> Result {
        kinds.withUnsafeBufferPointer { kinds in
            openings.withUnsafeBufferPointer { openings in
                shortOpenings.withUnsafeBufferPointer { body(Tables(kinds: kinds, openings: openings, shortOpenings: $0)) }
            }
        }
    }

    /// Whether a byte beyond ASCII is of a scalar that no name begins with: one from U+0400 to U+07FF or from U+3000 to U+D7FF,
    /// none of which folds to an ASCII letter, or the rest of one.
    func passesOver(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x80...0xBF: true
        case 0xD0...0xDF, 0xE3...0xED: foreignInitials == 0
        default: false
        }
    }

    /// Whether a name may begin with a scalar beyond ASCII, which folds to `plain` if that is one character.
    func mayBegin(with scalar: Unicode.Scalar, plain: UInt8?) -> Bool {
        if let plain { return initials >> Self.kind(of: plain) & 1 != 0 }
        // The sign for kelvin is the one other letter that folds to an ASCII one.
        guard foreignInitials != 0 else { return scalar == "\u{212A}" }
        // Capitals may fold to anything.
        guard LetterFolding.isOwnLetter(scalar) || LetterFolding.isPicture(scalar) else { return true }
        let first = UTF8.encode(scalar)?.first ?? 0
        return foreignInitials >> UInt64(first & 0x3F) & 1 != 0
    }
}

// MARK: Noting names

extension GlanceOpenings {
    /// Notes how people may begin to write `word`, a name or the first word of one, with a slip of the finger if it forgives one.
    mutating func note(_ word: ArraySlice<UInt8>, forgives: Bool) {
        // In a tag it stands behind any other word: `#kikdown`.
        guard !word.elementsEqual("down".utf8) else { return noteAll() }
        let kinds = word.prefix(4).map(Self.kind) + [0, 0, 0, 0]
        let (a, b, c, d) = (kinds[0], kinds[1], kinds[2], kinds[3])
        guard a != Kind.foreign else {
            foreignInitials |= 1 << UInt64(word[word.startIndex] & 0x3F)
            return
        }
        initials |= 1 << a
        insert(a, b...b, c...c, isLong: false)
        insertDecorated(a, b, isLong: false)
        // One letter, and anything behind it; two, and the `down` of a tag.
        if b == Kind.blank { insert(a, b...b, Kind.all, isLong: false) }
        if c == Kind.blank { insert(a, b...b, 4...4, isLong: false) }
        if forgives { noteSlips(a, b, c, d) }
    }

    /// A slip at the third letter or later; then those at the second: it is another, one more, left out, or swapped with the third.
    private mutating func noteSlips(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) {
        insert(a, b...b, Kind.letters, isLong: true)
        for second in Kind.letters {
            insert(a, second...second, c...c, isLong: true)
            insert(a, second...second, b...b, isLong: true)
            insertDecorated(a, second, isLong: true)
        }
        insert(a, c...c, d...d, isLong: true)
        insert(a, c...c, b...b, isLong: true)
    }

    /// Letters that are repeated, and apostrophes and anything beyond ASCII among the letters.
    private mutating func insertDecorated(_ a: UInt64, _ b: UInt64, isLong: Bool) {
        for mark in [Kind.apostrophe, Kind.foreign] {
            insert(a, mark...mark, Kind.all, isLong: isLong)
            insert(a, a...a, mark...mark, isLong: isLong)
            insert(a, b...b, mark...mark, isLong: isLong)
        }
        insert(a, a...a, a...a, isLong: isLong)
        insert(a, b...b, b...b, isLong: isLong)
    }

    private mutating func noteAll() {
        for first in Kind.letters { insert(first, Kind.all, Kind.all, isLong: false) }
        initials = ~0
        foreignInitials = ~0
    }

    private mutating func insert(
        _ first: UInt64, _ seconds: ClosedRange<UInt64>, _ thirds: ClosedRange<UInt64>, isLong: Bool
    ) {
        for second in seconds {
            for third in thirds {
                let key = first << 10 | second << 5 | third
                openings[Int(key >> 6)] |= 1 << (key & 63)
                if !isLong { shortOpenings[Int(key >> 6)] |= 1 << (key & 63) }
            }
        }
    }
}
