/// Splits folded bytes into tokens.
struct Tokenizer {
    /// A part of the folded bytes.
    typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    private let folded: UnsafeBufferPointer<UInt8>
    private(set) var text = NormalizedText()
    private var position = 0

    /// - Parameter folded: outlives the tokenizer.
    init(folded: UnsafeBufferPointer<UInt8>, accents: Accents) {
        self.folded = folded
        text.bytes.reserveCapacity(folded.count)
        text.accents = accents
    }

    /// Goes on to a place in the bytes, where a word may begin, with so many tokens in all.
    mutating func tokenize(upTo end: Int, atMost most: Int) {
        while position < end, text.tokens.count < most {
            switch folded[position] {
            case UInt8(ascii: " "): position += 1
            case UInt8(ascii: "<"): skipMarkup()
            case UInt8(ascii: "{"): readPlaceholder()
            default: readChunk()
            }
        }
        position = max(position, end)
    }

    /// Mentions, custom emoji and time stamps of the platform, `<@1>`, `<:name:2>`: no words of the person's.
    private mutating func skipMarkup() {
        let inside = folded[(position + 1)...].prefix(48)
        guard let first = inside.first, "@#:at/".utf8.contains(first), let end = inside.firstIndex(of: UInt8(ascii: ">")),
            !inside[..<end].contains(UInt8(ascii: " "))
        else {
            position += 1
            return
        }
        position = end + 1
    }

    private mutating func readPlaceholder() {
        guard folded[position...].starts(with: Self.placeholder) else {
            position += 1
            return
        }
        let start = text.bytes.count
        text.bytes.append(contentsOf: Self.placeholder)
        text.append(.service, from: start)
        position += Self.placeholder.count
    }

    private static let placeholder = Array("{service}".utf8)

    /// Reads up to the next space or markup: one web address, or words and marks.
    private mutating func readChunk() {
        let end = folded[position...].firstIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "{") }
        let chunk = folded[position..<(end ?? folded.count)]
        position = chunk.endIndex
        if let host = Host.find(in: chunk) {
            let start = text.bytes.count
            text.bytes.append(contentsOf: host)
            text.append(.site, from: start)
            if chunk.last == UInt8(ascii: "?") { appendMark(UInt8(ascii: "?")) }
        } else {
            let first = text.tokens.count
            readWords(chunk)
            if text.tokens.count == first + 1, Self.isInBrackets(chunk) { text.tokens[first].isLabel = true }
        }
    }

    /// `(x)`, whatever punctuation follows.
    private static func isInBrackets(_ chunk: Bytes) -> Bool {
        guard chunk.first == UInt8(ascii: "("), let end = chunk.lastIndex(of: UInt8(ascii: ")")) else { return false }
        return chunk[(end + 1)...].allSatisfy { ".,:;".utf8.contains($0) }
    }

    private mutating func readWords(_ chunk: Bytes) {
        var start = text.bytes.count
        var isTag = false
        for byte in chunk {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
                appendLetter(byte, wordStart: start)
            case UInt8(ascii: "'"):
                // l'appli and n'est are two words; isn't and kik's are one.
                if isElision(from: start) { endWord(&start, isTag: false) }
            case UInt8(ascii: "?"), UInt8(ascii: "!"):
                endWord(&start, isTag: isTag)
                appendMark(byte)
                start = text.bytes.count
            default:
                endWord(&start, isTag: isTag)
                isTag = byte == UInt8(ascii: "#")
            }
        }
        endWord(&start, isTag: isTag)
    }

    /// Three or more of a letter are one: sooo, downnn.
    private mutating func appendLetter(_ byte: UInt8, wordStart: Int) {
        let length = text.bytes.count - wordStart
        guard length < TextNormalizer.maximumWord else { return }
        if length > 0, byte >= UInt8(ascii: "a"), byte < 0x80, text.bytes[text.bytes.count - 1] == byte {
            repeats += 1
            if repeats == 2 { text.bytes.removeLast() }
            if repeats >= 2 { return }
        } else {
            repeats = 0
        }
        text.bytes.append(byte)
    }

    /// How often the last letter has been repeated.
    private var repeats = 0

    private mutating func endWord(_ start: inout Int, isTag: Bool) {
        defer {
            start = text.bytes.count
            repeats = 0
        }
        let length = text.bytes.count - start
        guard length > 0 else { return }
        if isNumber(from: start) {
            if length != 3 || !(text.bytes[start] == UInt8(ascii: "4") || text.bytes[start] == UInt8(ascii: "5")) {
                text.bytes.removeSubrange(start...)
                text.bytes.append(UInt8(ascii: "0"))
            }
            text.append(.number, from: start)
        } else if isTag, length > 5, text.bytes.suffix(4).elementsEqual("down".utf8) {
            text.bytes.removeLast(4)
            text.append(.word, from: start)
            let down = text.bytes.count
            text.bytes.append(contentsOf: "down".utf8)
            text.append(.word, from: down)
        } else {
            text.append(.word, from: start)
        }
    }

    private func isNumber(from start: Int) -> Bool {
        let bytes = text.bytes.span
        for place in start..<bytes.count where bytes[place] < UInt8(ascii: "0") || bytes[place] > UInt8(ascii: "9") {
            return false
        }
        return true
    }

    private func isElision(from start: Int) -> Bool {
        switch text.bytes.count - start {
        case 1: "ldjnscmt".utf8.contains(text.bytes[start])
        case 2: text.bytes[start] == UInt8(ascii: "q") && text.bytes[start + 1] == UInt8(ascii: "u")
        default: false
        }
    }

    private mutating func appendMark(_ byte: UInt8) {
        let start = text.bytes.count
        text.bytes.append(byte)
        text.append(.mark, from: start)
    }
}
