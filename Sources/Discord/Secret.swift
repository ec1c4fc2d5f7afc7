private import Foundation

/// A text that must never be printed: the bot's token or an interaction's. Only `value` reveals it.
public struct Secret: Hashable, Sendable {
    public let value: String

    public init(_ value: String) {
        self.value = value
    }

    /// The bot that a bot token belongs to: its first part is the identifier in base64url. Nil for any other secret.
    public var botID: Snowflake? {
        let parts = value.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, first.utf8.count <= 40
        else { return nil }
        let base64 = String(first.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        let padding = String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        return Data(base64Encoded: base64 + padding).flatMap { Snowflake(String(decoding: $0, as: UTF8.self)) }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        "[secret]"
    }

    public var debugDescription: String {
        description
    }

    public var customMirror: Mirror {
        Mirror(self, children: [])
    }
}
