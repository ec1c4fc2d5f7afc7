/// Names in texts: `@ann` as people write it, `<@1234>` as Discord sends it.
enum Mentions {
    /// The text with every `@name` of a known user turned into `<@id>`.
    static func written(in text: String, users: [Chat.User]) -> String {
        // The longest name first, so that “@ann-marie” is not “@ann” and a rest.
        let known = users.sorted { $0.name.utf8.count > $1.name.utf8.count }
        var result = ""
        var rest = Substring(text)
        while let at = rest.firstIndex(of: "@") {
            result += rest[..<at]
            let after = rest[rest.index(after: at)...]
            let startsWord = at == rest.startIndex ? endsWord(result) : endsWord(rest[..<at])
            if startsWord, let user = known.first(where: { names($0, at: after) }) {
                result += "<@\(user.id)>"
                rest = after.dropFirst(user.name.count)
            } else {
                result += "@"
                rest = after
            }
        }
        return result + rest
    }

    /// The users whom the text mentions, each once, in order.
    static func mentioned(in text: String) -> [Snowflake] {
        var found: [Snowflake] = []
        var rest = Substring(text)
        while let opening = rest.firstRange(of: "<@") {
            rest = rest[opening.upperBound...]
            let digits = (rest.hasPrefix("!") ? rest.dropFirst() : rest).prefix { $0.isNumber }
            guard rest[digits.endIndex...].hasPrefix(">"), let id = Snowflake(digits), !found.contains(id) else { continue }
            found.append(id)
        }
        return found
    }

    private static func names(_ user: Chat.User, at text: Substring) -> Bool {
        guard text.prefix(user.name.count).lowercased() == user.name.lowercased() else { return false }
        guard let next = text.dropFirst(user.name.count).first else { return true }
        return !(next.isLetter || next.isNumber || next == "_" || next == "-")
    }

    private static func endsWord(_ text: some StringProtocol) -> Bool {
        guard let last = text.last else { return true }
        return !(last.isLetter || last.isNumber || last == "<")
    }
}
