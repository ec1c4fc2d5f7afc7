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
