public import Timing

extension Jitter {
    /// A sequence that nobody can foresee, from the system's source of chance: only shells may draw from it.
    public static func unpredictable() -> Jitter {
        Jitter(seed: .random(in: .min ... .max))
    }
}
