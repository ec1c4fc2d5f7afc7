/// How often a condition has changed lately, after Nagios (its manual, “Detection and handling of state flapping”): of the newest 21
/// confirmed states, each change weighs from 0.75 for the oldest to 1.25 for the newest, in percent of the 20 changes that there could be.
///
/// It flaps from 20 % on, and until the score has fallen to 5 %, the thresholds of Nagios's sample configuration.
public struct FlapScore: Hashable, Sendable {
    static let window = 21
    static let high = 20.0
    static let low = 5.0

    /// The newest state in the lowest bit.
    private var states: UInt32 = 0
    private var count = 0
    /// Whether it goes up and down.
    public private(set) var isFlapping = false

    /// Nothing has been seen yet.
    public init() {}

    /// Notes the next confirmed state.
    mutating func note(isDown: Bool) {
        states = (states << 1 | (isDown ? 1 : 0)) & ((1 << Self.window) - 1)
        count = min(count + 1, Self.window)
        isFlapping = isFlapping ? percent > Self.low : percent >= Self.high
    }

    /// 0 ... 100.
    public var percent: Double {
        let steps = Self.window - 1
        var sum = 0.0
        for age in 0..<max(0, count - 1) where (states >> age ^ states >> (age + 1)) & 1 == 1 {
            sum += 1.25 - 0.5 * Double(age) / Double(steps - 1)
        }
        return sum / Double(steps) * 100
    }

    /// How many changes it remembers.
    public var changes: Int {
        (0..<max(0, count - 1)).count { (states >> $0 ^ states >> ($0 + 1)) & 1 == 1 }
    }
}
