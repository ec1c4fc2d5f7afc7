/// A text as a row of lower-case words, so that “IPHONE!” is found as `iphone` and “scan” is not found in “can”.
struct SpokenWords: Sendable {
    /// The longest text that is looked at, in characters; nobody explains a fault in more.
    private static let longest = 2_000
    private let row: [Substring]

    init(_ text: String) {
        row = text.prefix(Self.longest).lowercased().split { !$0.isLetter && !$0.isNumber }
    }

    /// Whether the words of `phrase` stand in it, in that order and next to each other.
    func contain(_ phrase: SpokenWords) -> Bool {
        guard let first = phrase.row.first, phrase.row.count <= row.count else { return false }
        return (0...row.count - phrase.row.count).contains { start in
            row[start] == first && row[start...].starts(with: phrase.row)
        }
    }
}
