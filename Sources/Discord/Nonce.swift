/// A message's name in our own words. Within a few minutes Discord answers a repeated nonce with the message that exists
/// instead of a second one, so a message is sent again without fear.
public struct Nonce: Hashable, Sendable {
    /// At most 25 characters.
    public let text: String

    /// What a message is sent for, so that two messages about one source are not mistaken for the same.
    public enum Purpose: String, Hashable, Sendable, CaseIterable {
        case answer = "a"
        case error = "e"
        case followUp = "f"
        case notice = "n"
    }

    /// The nonce of the `part`-th message that `source` gives rise to for a purpose.
    public init(source: Snowflake, purpose: Purpose, part: UInt8 = 0) {
        text = "\(purpose.rawValue)\(source)" + (part == 0 ? "" : ".\(part)")
    }

    /// The nonce of a message whose source has a name of another kind, such as a scheduled announcement (FNV-1a, 64 bits).
    public init(source: String, purpose: Purpose, part: UInt8 = 0) {
        let hash = source.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        text = "\(purpose.rawValue)x\(String(hash, radix: 16))" + (part == 0 ? "" : ".\(part)")
    }
}
