#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A belief on the scale on which independent evidence adds up: the logarithm of how much likelier a thing is than its opposite.
public struct LogOdds: Hashable, Comparable, Sendable, AdditiveArithmetic {
    public var value: Double

    public init(_ value: Double) {
        self.value = value
    }

    /// As likely as not.
    public static let zero = LogOdds(0)

    /// The belief that has this probability, 0 and 1 excluded.
    init(probability: Double) {
        precondition(probability > 0 && probability < 1, "certainty has no log-odds")
        self.init(log(probability / (1 - probability)))
    }

    /// What an observation adds that has these probabilities with and without the thing.
    init(ifSo: Double, ifNot: Double) {
        self.init(log(ifSo / ifNot))
    }

    /// The belief as a probability, 0 ... 1.
    public var probability: Double {
        1 / (1 + exp(-value))
    }

    /// The belief, its strength cut to `limit` in both directions.
    func limited(to limit: LogOdds) -> LogOdds {
        max(-limit, min(limit, self))
    }

    public static func < (left: LogOdds, right: LogOdds) -> Bool { left.value < right.value }
    public static func + (left: LogOdds, right: LogOdds) -> LogOdds { LogOdds(left.value + right.value) }
    public static func - (left: LogOdds, right: LogOdds) -> LogOdds { LogOdds(left.value - right.value) }
    public static func * (left: LogOdds, right: Double) -> LogOdds { LogOdds(left.value * right) }
    public static prefix func - (odds: LogOdds) -> LogOdds { LogOdds(-odds.value) }
}
