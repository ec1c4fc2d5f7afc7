/// A text as a row of lower-case words, so that “IPHONE!” is found as `iphone` and “scan” is not found in “can”.
struct SpokenWords {
    /// The longest text that is looked at, in characters; nobody explains a fault in more.
    private static let longest = 2_000
    private let row: String

    init(_ text: String) {
        let words = text.prefix(Self.longest).lowercased().split { !$0.isLetter && !$0.isNumber }
        row = " " + words.joined(separator: " ") + " "
    }

    /// Whether the words of `phrase` stand in it, in that order and next to each other.
    func contain(_ phrase: String) -> Bool {
        let wanted = SpokenWords(phrase).row
        return wanted.count > 2 && row.contains(wanted)
    }
}
