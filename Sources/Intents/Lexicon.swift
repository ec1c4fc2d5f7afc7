/// What is known of a word whatever message it stands in: looked up once for each word, by everybody who reads it.
struct Lexicon: BitwiseCopyable, Equatable {
    /// Its kind, if it has one.
    var wordClass: WordClass?

    /// A word of which nothing is known.
    static let unknown = Lexicon()

    static func of(_ word: UInt64) -> Lexicon {
        table[word] ?? unknown
    }

    private static let table: HashTable<Lexicon> = {
        var words: [UInt64: Lexicon] = [:]
        for (word, kind) in WordClass.words { words[word, default: unknown].wordClass = kind }
        return HashTable(words)
    }()
}
