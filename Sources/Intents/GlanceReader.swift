/// Reads single words of a text as `TextNormalizer` and its `Tokenizer` do, into a buffer of its caller's.
struct GlanceReader {
    typealias Word = Slice<UnsafeBufferPointer<UInt8>>

    let text: UnsafeBufferPointer<UInt8>
    /// Room for one word. Its owner outlives the reader.
    private let letters: UnsafeMutableBufferPointer<UInt8>
    /// Scalars that may still be read: texts made to be read again and again from every letter on cost no more than others.
    private var effort: Int

    /// The room that a reader needs.
    static let capacity = TextNormalizer.maximumWord
    /// Longer words, in bytes of the text, are not read.
    static let longestWord = 256

    init(text: UnsafeBufferPointer<UInt8>, letters: UnsafeMutableBufferPointer<UInt8>) {
        self.text = text
        self.letters = letters
        effort = text.count * 4 + 1_024
    }

    /// The next word from `position` on, which moves behind it; empty at the end of the text.
    ///
    /// - Returns: nil for what must be read in full: endless words, and markup, behind which the sentence goes on. (`Markup` takes out
    ///   quotes and blocks of code, and what stood apart stands together.)
    mutating func readWord(_ position: inout Int) -> Word? {
        var word = GlanceWord(letters: letters)
        var start = position
        while position < text.count, !word.hasEnded {
            let scalarStart = position
            let lengthBefore = word.length
            if text[position] < 0x80 {
                if isAtQuoteOrBlock(position, isInWord: word.length > 0) { return nil }
                word.append(LetterFolding.foldASCII(text[position]))
                position += 1
            } else {
                LetterFolding.fold(text.scalar(at: &position)) { word.append($0) }
            }
            effort -= 1
            guard effort > 0, position - start <= Self.longestWord else { return nil }
            if word.length == 0 {
                if word.isAtMarkup, mayBeMarkup(at: position) { return nil }
                start = position
            } else if word.hasEnded, lengthBefore > 0 {
                // What ended the word may matter to the next one.
                position = scalarStart
            }
        }
        return UnsafeBufferPointer(letters)[..<word.length]
    }

    private func isAtQuoteOrBlock(_ position: Int, isInWord: Bool) -> Bool {
        switch text[position] {
        case UInt8(ascii: ">"): !isInWord
        case UInt8(ascii: "`"): text[position...].starts(with: Markup.fence)
        default: false
        }
    }

    private func mayBeMarkup(at position: Int) -> Bool {
        guard position < text.count else { return false }
        return text[position] >= 0x80 || "@#:at/AT".utf8.contains(text[position])
    }
}

/// A word on its way from folded bytes, by the rules of `Tokenizer`.
private struct GlanceWord {
    private let letters: UnsafeMutableBufferPointer<UInt8>
    private(set) var length = 0
    private(set) var hasEnded = false
    /// Whether the last byte was a `<` before the word.
    private(set) var isAtMarkup = false
    private var repeats = 0

    init(letters: UnsafeMutableBufferPointer<UInt8>) {
        self.letters = letters
    }

    mutating func append(_ byte: UInt8) {
        guard !hasEnded else { return }
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: appendLetter(byte)
        case UInt8(ascii: "'"): hasEnded = isElision
        default:
            hasEnded = length > 0
            isAtMarkup = byte == UInt8(ascii: "<")
        }
    }

    private mutating func appendLetter(_ byte: UInt8) {
        guard length < letters.count else { return }
        if length > 0, byte >= UInt8(ascii: "a"), byte < 0x80, letters[length - 1] == byte {
            repeats += 1
            if repeats == 2 { length -= 1 }
            if repeats >= 2 { return }
        } else {
            repeats = 0
        }
        letters[length] = byte
        length += 1
    }

    private var isElision: Bool {
        switch length {
        case 1: "ldjnscmt".utf8.contains(letters[0])
        case 2: letters[0] == UInt8(ascii: "q") && letters[1] == UInt8(ascii: "u")
        default: false
        }
    }
}
