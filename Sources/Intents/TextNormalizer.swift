/// Turns a message into folded tokens. Total: any string has a normal form, and its cost is bounded.
enum TextNormalizer {
    /// Of a long rant its beginning and its end are read, in Unicode scalars: the question stands at one of them.
    static let window = (head: 640, tail: 320)
    /// Tokens beyond this are not looked at; of a long text the beginning must leave room for the end.
    static let maximumTokens = (head: 90, all: 190)
    /// Longer words are cut: nobody's service is called so.
    static let maximumWord = 32

    static func normalize(_ text: String) -> NormalizedText {
        var text = text
        return text.withUTF8 { normalize($0) }
    }

    /// The same for UTF-8.
    static func normalize(_ utf8: UnsafeBufferPointer<UInt8>) -> NormalizedText {
        guard let rest = Markup.removed(from: utf8) else { return normalize(spoken: utf8) }
        return rest.withUnsafeBufferPointer { normalize(spoken: $0) }
    }

    private static func normalize(spoken utf8: UnsafeBufferPointer<UInt8>) -> NormalizedText {
        // The length in bytes is never less than the number of scalars.
        if utf8.count > window.head + window.tail { return normalize(long: utf8) }
        var folding = LetterFolding()
        folding.append(utf8)
        return tokenize(folding)
    }

    private static func normalize(long utf8: UnsafeBufferPointer<UInt8>) -> NormalizedText {
        var folding = LetterFolding()
        var position = 0
        for _ in 0..<window.head where position < utf8.count { folding.append(utf8.scalar(at: &position)) }
        let tail = max(position, beginning(ofLast: window.tail, in: utf8))
        let isWhole = tail == position
        if !isWhole { folding.dropLastWord() }
        let start = folding.bytes.count
        position = tail
        while position < utf8.count { folding.append(utf8.scalar(at: &position)) }
        if !isWhole { folding.dropWord(from: start) }
        return tokenize(folding, tail: start)
    }

    /// Where the last scalars of a text begin.
    private static func beginning(ofLast scalars: Int, in utf8: UnsafeBufferPointer<UInt8>) -> Int {
        var (position, left) = (utf8.count, scalars)
        // What is no UTF-8 may have no beginnings at all.
        let first = max(0, utf8.count - 4 * scalars)
        while position > first, left > 0 {
            position -= 1
            if utf8[position] & 0xC0 != 0x80 { left -= 1 }
        }
        return position
    }

    private static func tokenize(_ folding: LetterFolding, tail: Int? = nil) -> NormalizedText {
        folding.bytes.withUnsafeBufferPointer { folded in
            var tokenizer = Tokenizer(folded: folded, accents: folding.accents)
            if let tail { tokenizer.tokenize(upTo: tail, atMost: maximumTokens.head) }
            tokenizer.tokenize(upTo: folded.count, atMost: maximumTokens.all)
            return tokenizer.text
        }
    }
}
