import Discord
import Testing

@Suite("snowflakes")
struct SnowflakeTests {
    @Test(
        "are decimal digits of 64 bits and nothing else",
        arguments: [
            ("0", 0), ("1100000000000000301", 1_100_000_000_000_000_301), ("18446744073709551615", .max),
            ("18446744073709551616", nil), ("", nil), ("-1", nil), ("+1", nil), ("1.0", nil), (" 1", nil), ("٣", nil),
            ("000000000000000000001", nil),
        ] as [(String, UInt64?)])
    func text(text: String, value: UInt64?) {
        #expect(Snowflake(text)?.rawValue == value)
    }

    @Test("tell when they were made")
    func time() {
        #expect(Snowflake(rawValue: 175_928_847_299_117_063).millisecondsSince1970 == 1_462_015_105_796)
    }

    @Test("stand in the first part of a bot's token")
    func token() {
        // "1100000000000000001" in base64url without padding.
        #expect(Secret("MTEwMDAwMDAwMDAwMDAwMDAwMQ.x.y").botID == 1_100_000_000_000_000_001)
        #expect(Secret("hello").botID == nil)
        #expect(Secret("").botID == nil)
    }
}
