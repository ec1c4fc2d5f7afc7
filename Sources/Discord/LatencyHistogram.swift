/// How often something took how long, in steps that fit the three seconds of an interaction.
public struct LatencyHistogram: Equatable, Sendable {
    /// The upper bounds of all steps but the last, which has none.
    public static let bounds: [Duration] = [
        .milliseconds(50), .milliseconds(100), .milliseconds(250), .milliseconds(500), .seconds(1), .milliseconds(1_500),
        .seconds(2), .milliseconds(2_500), .seconds(3),
    ]

    /// How many fell into each step: above the bound before, up to its own.
    public private(set) var counts = Array(repeating: 0, count: bounds.count + 1)
    /// Of all that was recorded.
    public private(set) var sum = Duration.zero

    public init() {}

    public var count: Int { counts.reduce(0, +) }

    public mutating func record(_ latency: Duration) {
        counts[Self.bounds.firstIndex { latency <= $0 } ?? Self.bounds.count] += 1
        sum += latency
    }
}
