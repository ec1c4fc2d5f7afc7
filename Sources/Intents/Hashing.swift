/// The hash functions of the features: stable between runs and machines, unlike the standard library's.
enum Hashing {
    /// FNV-1a, 64 bits.
    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = seed
        for byte in bytes { hash = add(byte, to: hash) }
        return hash
    }

    /// The same of a part of a text.
    static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var hash = seed
        for place in range { hash = add(bytes[place], to: hash) }
        return hash
    }

    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    static func add(_ byte: UInt8, to hash: UInt64) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// The hash of two things in order.
    static func combine(_ first: UInt64, _ second: UInt64) -> UInt64 {
        mix(first &* 0x9E37_79B9_7F4A_7C15 &+ second)
    }

    /// SplitMix64's finaliser: spreads every bit over the whole word.
    static func mix(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
