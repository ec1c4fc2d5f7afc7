/// A message's text, and what can be chosen under it. The text is never empty, and never longer than Discord takes.
///
/// Discord says 2000 characters and not which kind; UTF-16 units are never fewer than any other count.
public struct MessageContent: Hashable, Sendable {
    public let text: String
    /// Whether something had to be left out.
    public let isShortened: Bool
    /// Buttons or a menu.
    public var choices: MessageChoices?
    /// A box with more of the text.
    public var card: MessageCard?

    public static let limit = 2_000
    /// A bracket this far from its address is no link; bounds the search for texts full of brackets.
    private static let longestLabel = 300

    /// Lays out as many whole paragraphs as fit, from the first on. Only when the first is too long by itself is it cut, between
    /// words. Nil when there is nothing to say.
    public init?(paragraphs: [String], limit: Int = Self.limit) {
        precondition(limit > 0, "a message needs room")
        let paragraphs = paragraphs.map(Self.trimmed).filter { !$0.isEmpty }
        guard let first = paragraphs.first else { return nil }
        guard first.utf16.count <= limit else {
            text = Self.cut(first, to: limit)
            isShortened = true
            return
        }
        var (laid, units, isShortened) = ([first], first.utf16.count, false)
        for paragraph in paragraphs.dropFirst() {
            units += 2 + paragraph.utf16.count
            guard units <= limit else {
                isShortened = true
                break
            }
            laid.append(paragraph)
        }
        text = laid.joined(separator: "\n\n")
        self.isShortened = isShortened
    }

    /// Lays out a text whose paragraphs are divided by empty lines.
    public init?(_ text: String, limit: Int = Self.limit) {
        var paragraphs = [""]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.allSatisfy(\.isWhitespace) {
                paragraphs.append("")
            } else {
                paragraphs[paragraphs.count - 1] += paragraphs[paragraphs.count - 1].isEmpty ? line : "\n" + line
            }
        }
        self.init(paragraphs: paragraphs, limit: limit)
    }

    private static func trimmed(_ text: String) -> String {
        let head = text.drop(while: \.isWhitespace)
        return head.lastIndex { !$0.isWhitespace }.map { String(head[...$0]) } ?? ""
    }

    /// The longest run of whole words that leaves room for an ellipsis.
    private static func cut(_ text: String, to limit: Int) -> String {
        let room = limit - 1
        // No character is less than a unit, so what lies further on cannot fit.
        let beginning = String(text.prefix(2 * limit))
        var (units, end) = (0, beginning.startIndex)
        for word in words(of: beginning) {
            units += word.utf16.count
            guard units <= room else { break }
            end = word.endIndex
        }
        let kept = trimmed(String(beginning[..<end]))
        return (kept.isEmpty ? characters(of: text, units: room) : kept) + "…"
    }

    /// The text in pieces between which a cut does no harm: a word with the blanks before it, a Markdown link as a whole.
    private static func words(of text: String) -> [Substring] {
        var words: [Substring] = []
        var (start, position) = (text.startIndex, text.startIndex)
        while position < text.endIndex {
            let rest = text[position...]
            let afterBlanks = rest.drop(while: \.isWhitespace)
            position = afterBlanks.first == "[" ? endOfLink(afterBlanks) ?? endOfWord(afterBlanks) : endOfWord(afterBlanks)
            words.append(text[start..<position])
            start = position
        }
        return words
    }

    private static func endOfWord(_ text: Substring) -> String.Index {
        // A link may begin within a word, after a parenthesis for instance.
        for index in text.indices {
            if text[index].isWhitespace { return index }
            if text[index] == "[", let end = endOfLink(text[index...]) { return endOfWord(text[end...]) }
        }
        return text.endIndex
    }

    /// Where the `[label](address)` ends that `text` begins with, and the word that it is part of.
    private static func endOfLink(_ text: Substring) -> String.Index? {
        guard let label = text.prefix(longestLabel).firstRange(of: "](") else { return nil }
        let address = text[label.upperBound...].prefix { !$0.isWhitespace && $0 != ")" }
        guard address.endIndex < text.endIndex, text[address.endIndex] == ")" else { return nil }
        return text[address.endIndex...].prefix { !$0.isWhitespace }.endIndex
    }

    /// As many whole characters as fit, or whole code points where a single character is larger than a message.
    private static func characters(of text: String, units room: Int) -> String {
        var (units, kept) = (0, "")
        for character in text {
            units += character.utf16.count
            guard units <= room else { break }
            kept.append(character)
        }
        guard kept.isEmpty else { return kept }
        units = 0
        for scalar in text.unicodeScalars {
            units += scalar.utf16.count
            guard units <= room else { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept
    }
}
