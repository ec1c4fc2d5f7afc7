/// Chance as a value: a SplitMix64 sequence (Steele, Lea, Flood 2014).
///
/// A machine owns one, so the same seed gives the same run: tests fix the seed, shells draw it from the system.
public struct Jitter: Hashable, Sendable {
    private var state: UInt64

    /// A sequence that is fixed by `seed`.
    public init(seed: UInt64) {
        state = seed
    }

    /// The next number, uniform in 0 ..< 1.
    public mutating func fraction() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        z ^= z >> 31
        return Double(z >> 11) * 0x1p-53
    }

    /// The next duration, uniform between two bounds, the upper one excluded.
    public mutating func duration(from low: Duration = .zero, to high: Duration) -> Duration {
        low + (high - low) * fraction()
    }
}
