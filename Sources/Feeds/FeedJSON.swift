import Foundation

/// A value of a JSON feed, read tolerantly: a number may be a string, a list may be missing, anything may be null.
struct FeedJSON {
    private let value: Any?

    private init(_ value: Any?) {
        self.value = value is NSNull ? nil : value
    }

    /// nil for what is no JSON, or is nested deeper or has more in it than any feed.
    init?(_ text: String) {
        let trimmed = text.drop { $0.isWhitespace }
        guard trimmed.first == "{" || trimmed.first == "[" else { return nil }
        guard Self.isBounded(trimmed.utf8) else { return nil }
        guard let value = try? JSONSerialization.jsonObject(with: Data(trimmed.utf8)) else { return nil }
        self.init(value)
    }

    /// How deep it is nested and how much there is, without reading it: the reader would call itself as often, and make as many objects.
    private static func isBounded(_ text: Substring.UTF8View) -> Bool {
        var depth = 0
        var values = 0
        var isInString = false
        var isEscaped = false
        for byte in text {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                values += 1
                guard depth <= FeedLimits.depth, values <= FeedLimits.values else { return false }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return true
    }

    subscript(key: String) -> FeedJSON { FeedJSON((value as? [String: Any])?[key]) }

    var isMissing: Bool { value == nil }
    var isObject: Bool { value is [String: Any] }
    var isList: Bool { value is [Any] }

    /// Whether an object has a key, null or not.
    func has(_ key: String) -> Bool { (value as? [String: Any])?[key] != nil }

    /// The values of a list; none for anything else.
    var list: [FeedJSON] { (value as? [Any])?.map(FeedJSON.init) ?? [] }

    /// A string or a number as one line of text, cut to a sensible length; nil if nothing is in it.
    var text: String? {
        switch value {
        case let text as String:
            let line = FeedText.line(text)
            return line.isEmpty ? nil : line
        case let number as NSNumber: return number.stringValue
        default: return nil
        }
    }

    /// A string as it is, and anything else that is no list and no object as JSON writes it: Foundation reads truth values as numbers.
    var literal: String? {
        switch value {
        case let text as String: text
        case let number as NSNumber:
            String(cString: number.objCType) == "c" ? (number.boolValue ? "true" : "false") : number.stringValue
        case nil: "null"
        default: nil
        }
    }

    /// The text in lower case: most words of feeds are compared without regard to it.
    var word: String? { text?.lowercased() }

    /// A number, or a string that is one.
    var number: Double? {
        switch value {
        case let number as NSNumber: number.doubleValue
        case let text as String: Double(text)
        default: nil
        }
    }

    /// A whole number, or a string that is one.
    var integer: Int? { number.flatMap { Int(exactly: $0) } }

    var flag: Bool { (value as? Bool) ?? (text?.lowercased() == "true") }
}
