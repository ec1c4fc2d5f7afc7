/// Discord's 64-bit id: milliseconds since 2015 in the upper 42 bits; a decimal string on the wire.
struct Snowflake: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Milliseconds from 1970 to Discord's epoch, 2015-01-01T00:00:00Z.
    static let epoch: Int64 = 1_420_070_400_000

    let rawValue: UInt64

    init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Reads the wire's decimal string; nil for anything else.
    init?(_ text: some StringProtocol) {
        guard (1...20).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
            let value = UInt64(text)
        else { return nil }
        rawValue = value
    }

    /// Reads an id where JSON has a string or, as Discord accepts too, a whole number.
    init?(_ json: JSON?) {
        if let text = json?.string {
            self.init(text)
        } else if let number = json?.integer, number > 0 {
            self.init(rawValue: UInt64(number))
        } else {
            return nil
        }
    }

    var description: String { String(rawValue) }
    var json: JSON { .string(description) }

    static func < (left: Snowflake, right: Snowflake) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// Hands out ids that rise strictly, whatever the wall clock does.
struct SnowflakeSource: Sendable {
    private var last: UInt64 = 0

    /// The next id for something that happens at `milliseconds` since 1970.
    mutating func next(at milliseconds: Int64) -> Snowflake {
        let sinceEpoch = UInt64(clamping: milliseconds - Snowflake.epoch)
        last = max(last + 1, (sinceEpoch & 0x3FF_FFFF_FFFF) << 22)
        return Snowflake(rawValue: last)
    }
}
