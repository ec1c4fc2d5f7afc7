/// Discord's identifier: 64 bits whose upper 42 are a time. On the wire it is always a decimal string.
public struct Snowflake: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The identifier that `text` spells in decimal digits; nil for anything else, a sign and a surplus of digits included.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 20, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = UInt64(text) else {
            return nil
        }
        rawValue = value
    }

    /// When the identifier was made, in milliseconds since 1970 (Discord counts from the start of 2015).
    public var millisecondsSince1970: UInt64 {
        (rawValue >> 22) + 1_420_070_400_000
    }

    public static func < (left: Snowflake, right: Snowflake) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Snowflake: CustomStringConvertible {
    public var description: String {
        String(rawValue)
    }
}

extension Snowflake: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: UInt64) {
        rawValue = value
    }
}

extension Snowflake: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Snowflake(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a snowflake")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
