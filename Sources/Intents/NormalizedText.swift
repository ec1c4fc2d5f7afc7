/// A message in the form in which it is understood: folded words without case, accents or decoration.
struct NormalizedText: Equatable {
    enum Kind: Equatable {
        /// Letters, or letters and digits; one emoji is a word too.
        case word
        /// Digits alone: an HTTP failure keeps its digits, every other number is `0`.
        case number
        /// `?` or `!`.
        case mark
        /// A web address or a host name; its bytes are the host.
        case site
        /// The literal `{service}` of training examples.
        case service
    }

    struct Token: Equatable {
        var kind: Kind
        /// Its place in `bytes`.
        var range: Range<Int>
        var hash: UInt64
        /// What is known of it, if it is a word.
        var word = Lexicon.unknown
        /// Alone in round brackets, as a label: `(x)`.
        var isLabel = false
    }

    /// The tokens' UTF-8, one after another.
    var bytes: [UInt8] = []
    var tokens: [Token] = []
    /// Letters that folding takes away and that betray the language.
    var accents: Accents = []

    /// The tokens as text, for tests and people.
    var words: [String] {
        tokens.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }

    mutating func append(_ kind: Kind, from start: Int) {
        guard start < bytes.count else { return }
        let hash = Hashing.hash(bytes.span, start..<bytes.count)
        // Said three times or once, it means the same.
        if let last = tokens.last, last.kind == kind, last.hash == hash {
            bytes.removeSubrange(start...)
            return
        }
        let word = kind == .word ? Lexicon.of(hash) : .unknown
        tokens.append(Token(kind: kind, range: start..<bytes.count, hash: hash, word: word))
    }
}

/// Letters that only some of our languages write.
struct Accents: OptionSet {
    let rawValue: UInt8
    static let spanish = Accents(rawValue: 1)
    static let portuguese = Accents(rawValue: 2)
    static let german = Accents(rawValue: 4)
    static let french = Accents(rawValue: 8)
    static let count = 4
}
