import Glibc

/// What chat platforms show as quoted or as a block of code: somebody else's words, and no words at all.
///
/// Discord's Markdown: a line that begins with `> ` is quoted, all that follows `>>> ` at the beginning of a line is, and what stands
/// between two rows of three backticks is code. A block without an end is none. Spoilers (`||…||`) and code within a line are the
/// person's own words and stay.
public enum Markup {
    /// Only so much of a text is looked at, in bytes: more than any platform's longest message, and a bound for what is none.
    static let reach = 8_192

    /// The text without quotes and blocks of code.
    public static func removed(from text: String) -> String {
        var text = text
        let rest = text.withUTF8 { removed(from: $0) }
        return rest.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// What is read of a text: all but quotes, blocks of code, and the middle of what is longer than anybody writes in a chat.
    public static func excerpt(of text: String) -> String {
        let text = removed(from: text)
        guard text.utf8.count > excerpt.head + excerpt.tail else { return text }
        // Half a letter at an end becomes a replacement character, which is none.
        let head = String(decoding: text.utf8.prefix(excerpt.head), as: UTF8.self)
        return head + "\n" + String(decoding: text.utf8.suffix(excerpt.tail), as: UTF8.self)
    }

    /// In bytes; in the languages that we understand no less than `TextNormalizer.window`.
    private static let excerpt = (head: 1_400, tail: 700)

    /// A text in UTF-8 without quotes and blocks of code; nil where there are none, which is nearly always and costs two searches for a byte.
    static func removed(from utf8: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard mayBeIn(utf8) else { return nil }
        let text = utf8[..<min(utf8.count, reach)]
        var rest: [UInt8] = []
        rest.reserveCapacity(utf8.count)
        var position = text.startIndex
        var beginsLine = true
        var mayEndBlock = true
        while position < text.endIndex {
            let ahead = text[position...]
            if beginsLine, ahead.starts(with: allQuoted) { return rest }
            if beginsLine, ahead.starts(with: quoted) {
                position = ahead.firstIndex(of: newline) ?? text.endIndex
                beginsLine = false
                continue
            }
            if mayEndBlock, ahead.starts(with: fence) {
                if let end = endOfBlock(ahead) {
                    rest.append(UInt8(ascii: " "))
                    position = end
                    beginsLine = false
                    continue
                }
                mayEndBlock = false
            }
            beginsLine = utf8[position] == newline
            rest.append(utf8[position])
            position += 1
        }
        rest.append(contentsOf: utf8[text.endIndex...])
        return rest
    }

    private typealias Part = Slice<UnsafeBufferPointer<UInt8>>

    private static let newline = UInt8(ascii: "\n")
    private static let quoted = Array("> ".utf8)
    private static let allQuoted = Array(">>> ".utf8)
    /// Begins and ends a block of code.
    static let fence = Array("```".utf8)

    /// Whether there may be quotes or blocks of code in a text; false is certain.
    static func mayBeIn(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = UnsafeBufferPointer(rebasing: utf8[..<min(utf8.count, reach)])
        return text.first == UInt8(ascii: ">") || has(fence[0], in: text) { text[$0...].starts(with: fence) }
            || has(newline, in: text) { $0 + 1 < text.count && text[$0 + 1] == UInt8(ascii: ">") }
    }

    /// Whether a byte stands somewhere in a text where `isMeant` holds.
    private static func has(_ byte: UInt8, in text: UnsafeBufferPointer<UInt8>, where isMeant: (Int) -> Bool) -> Bool {
        guard let start = text.baseAddress else { return false }
        var position = 0
        while let found = memchr(start + position, Int32(byte), text.count - position) {
            position = UnsafeRawPointer(start).distance(to: found)
            if isMeant(position) { return true }
            position += 1
        }
        return false
    }

    /// Behind the row of backticks that ends the block which begins here.
    private static func endOfBlock(_ ahead: Part) -> Int? {
        let inside = ahead.dropFirst(fence.count)
        return inside.indices.first { inside[$0...].starts(with: fence) }.map { $0 + fence.count }
    }
}
