import Foundation

/// A value of a JSON feed, read tolerantly: a number may be a string, a list may be missing, anything may be null.
struct FeedJSON {
    private let value: Any?

    private init(_ value: Any?) {
        self.value = value is NSNull ? nil : value
    }

    /// nil for what is no JSON, or nested deeper than any feed.
    init?(_ text: String) {
        let trimmed = text.drop { $0.isWhitespace }
        guard trimmed.first == "{" || trimmed.first == "[" else { return nil }
        guard Self.depth(of: trimmed.utf8) <= FeedLimits.depth else { return nil }
        guard let value = try? JSONSerialization.jsonObject(with: Data(trimmed.utf8)) else { return nil }
        self.init(value)
    }

    /// How deep it is nested, without reading it: the reader would call itself as often.
    private static func depth(of text: Substring.UTF8View) -> Int {
        var depth = 0
        var deepest = 0
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
                deepest = max(deepest, depth)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return deepest
    }

    subscript(key: String) -> FeedJSON { FeedJSON((value as? [String: Any])?[key]) }

    var isMissing: Bool { value == nil }
    var isObject: Bool { value is [String: Any] }
    var isList: Bool { value is [Any] }

    /// Whether an object has a key, null or not.
    func has(_ key: String) -> Bool { (value as? [String: Any])?[key] != nil }

    /// The values of a list; none for anything else.
    var list: [FeedJSON] { (value as? [Any])?.prefix(FeedLimits.records).map(FeedJSON.init) ?? [] }

    /// A string or a number as text, cut to a sensible length.
    var text: String? {
        switch value {
        case let text as String: text.isEmpty ? nil : String(text.prefix(FeedLimits.text))
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }

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
