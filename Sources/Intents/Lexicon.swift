/// What is known of a word whatever message it stands in: looked up once for each word, by everybody who reads it.
struct Lexicon: BitwiseCopyable, Equatable {
    /// Its kind, if it has one.
    var wordClass: WordClass?
    /// A bit for each language of `Language.allCases` whose small words it is one of.
    var languages: UInt8 = 0

    /// A word of which nothing is known.
    static let unknown = Lexicon()

    static func of(_ word: UInt64) -> Lexicon {
        table[word] ?? unknown
    }

    private static let table: HashTable<Lexicon> = {
        var words: [UInt64: Lexicon] = [:]
        for (word, kind) in WordClass.words { words[word, default: unknown].wordClass = kind }
        for (word, languages) in Language.smallWords { words[word, default: unknown].languages = languages }
        return HashTable(words)
    }()
}
