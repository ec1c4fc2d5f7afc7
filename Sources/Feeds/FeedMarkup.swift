import Foundation

/// What stands in a feed's HTML, without its tags.
enum FeedMarkup {
    private static let named: [Substring: String] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " "]

    /// Puts in what the entities of XML and the numbered ones stand for; all others stay as they are.
    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            rest = rest[start...]
            guard let end = rest.prefix(12).firstIndex(of: ";") else {
                result += "&"
                rest = rest.dropFirst()
                continue
            }
            let name = rest[rest.index(after: start)..<end]
            if let plain = named[name] ?? numbered(name) { result += plain } else { result += rest[...end] }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func numbered(_ name: Substring) -> String? {
        guard name.first == "#" else { return nil }
        let digits = name.dropFirst()
        let value = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }

    /// The texts in bold (`<strong>`, `<b>`), and what follows each up to the next tag.
    static func bold(_ html: String) -> [(text: String, after: String)] {
        var found: [(String, String)] = []
        var rest = html[...]
        while found.count < 200, let start = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: start)...]
            let name = rest.prefix(8).prefix { $0 != ">" && $0 != " " }.lowercased()
            guard name == "strong" || name == "b" else { continue }
            guard let end = rest.firstIndex(of: ">") else { break }
            rest = rest[rest.index(after: end)...]
            guard let close = rest.range(of: "</\(name)>", options: .caseInsensitive) else { break }
            let inside = plain(String(rest[..<close.lowerBound]))
            rest = rest[close.upperBound...]
            found.append((inside, unescaped(String(rest.prefix { $0 != "<" }.prefix(200)))))
        }
        return found
    }

    /// What a reader sees of a page: without scripts, styles, comments and tags, in which words mean nothing, all white space one blank.
    static func visible(_ html: String) -> String {
        var text = ""
        var rest = html[...]
        while let start = rest.firstIndex(of: "<") {
            text += rest[..<start]
            text += " "
            rest = rest[start...]
            let end = hidden(in: rest) ?? rest.firstIndex(of: ">")
            rest = end.map { rest[rest.index(after: $0)...] } ?? ""
        }
        return unescaped(text + rest).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The last character of what begins here and is not shown; nil if it is shown. What never ends hides everything after it.
    private static func hidden(in html: Substring) -> String.Index? {
        for (opening, closing) in [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")]
        where html.prefix(opening.count).lowercased() == opening {
            guard let close = html.range(of: closing, options: .caseInsensitive) else { return html.indices.last }
            return html.index(before: close.upperBound)
        }
        return nil
    }

    /// Without tags.
    static func plain(_ html: String) -> String {
        var text = ""
        var isInTag = false
        for character in html {
            switch character {
            case "<": isInTag = true
            case ">": isInTag = false
            default: if !isInTag { text.append(character) }
            }
        }
        return unescaped(text)
    }
}
