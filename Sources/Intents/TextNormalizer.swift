/// Turns a message into folded tokens. Total: any string has a normal form, and its cost is bounded.
enum TextNormalizer {
    /// Of a long rant its beginning and its end are read, in Unicode scalars: the question stands at one of them.
    static let window = (head: 640, tail: 320)
    /// Tokens beyond this are not looked at.
    static let maximumTokens = 120
    /// Longer words are cut: nobody's service is called so.
    static let maximumWord = 32

    static func normalize(_ text: String) -> NormalizedText {
        // UTF-8 length is known without a walk, and is never less than the number of scalars.
        if text.utf8.count > window.head + window.tail { return normalize(long: text) }
        var text = text
        return text.withUTF8(normalize)
    }

    /// The same for UTF-8.
    static func normalize(_ utf8: UnsafeBufferPointer<UInt8>) -> NormalizedText {
        if utf8.count > window.head + window.tail { return normalize(long: String(decoding: utf8, as: UTF8.self)) }
        var folding = LetterFolding()
        folding.append(utf8)
        return tokenize(folding)
    }

    private static func normalize(long text: String) -> NormalizedText {
        var folding = LetterFolding()
        let scalars = text.unicodeScalars
        for scalar in scalars.prefix(window.head) { folding.append(scalar) }
        let rest = scalars.dropFirst(window.head)
        let tail = rest.suffix(window.tail)
        let isWhole = tail.startIndex == rest.startIndex
        if !isWhole { folding.dropLastWord() }
        let start = folding.bytes.count
        for scalar in tail { folding.append(scalar) }
        if !isWhole { folding.dropWord(from: start) }
        return tokenize(folding)
    }

    private static func tokenize(_ folding: LetterFolding) -> NormalizedText {
        folding.bytes.withUnsafeBufferPointer { folded in
            var tokenizer = Tokenizer(folded: folded, accents: folding.accents)
            return tokenizer.tokenize()
        }
    }
}
