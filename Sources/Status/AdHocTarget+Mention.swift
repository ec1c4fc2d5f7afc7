extension AdHocTarget {
    /// The first web address in a message, or why it is refused; nil when there is none.
    ///
    /// A word counts when it has `://`, or a dot in the middle; the marks of a sentence or of a link round it are no part of it. Only the
    /// first kilobytes are looked at.
    public static func mentioned(in message: String) -> Result<AdHocTarget, AdHocRefusal>? {
        let words = message.unicodeScalars.prefix(2 * longest).split { $0.properties.isWhitespace }
        for word in words {
            let text = trimmed(word)
            guard text.contains("://") || text.contains(".") else { continue }
            do throws(AdHocRefusal) {
                return .success(try AdHocTarget(text))
            } catch {
                return .failure(error)
            }
        }
        return nil
    }

    private static func trimmed(_ word: Substring.UnicodeScalarView) -> String {
        let marks = "<>()\"'`*_~,.;!?“”‘’«»…|".unicodeScalars
        guard let first = word.firstIndex(where: { !marks.contains($0) }),
            let last = word.lastIndex(where: { !marks.contains($0) })
        else { return "" }
        return String(word[first...last])
    }
}
