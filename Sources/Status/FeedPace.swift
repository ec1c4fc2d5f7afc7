public import Timing

/// When a feed is asked again: often while it admits trouble, seldom while it does not, and ever more seldom while it cannot be read.
///
/// A minute is the least that the pages' keepers ask for; most of them keep an answer for so long anyway.
public struct FeedPace: Hashable, Sendable {
    public static let troubled = Duration.seconds(60)
    public static let quiet = Duration.seconds(180)
    public static let slowest = Duration.seconds(1_800)
    /// Intervals are stretched or shortened by at most this share, so that feeds do not fall into step.
    static let spread = 0.1

    /// Pages of third parties are heavier than feeds, and nobody made them for programs.
    public static let ofPages = Duration.seconds(300)

    private var failures = 0
    private var jitter: Jitter
    private let calm: Duration
    private let alarmed: Duration

    public init(jitter: Jitter) {
        self.jitter = jitter
        (calm, alarmed) = (Self.quiet, Self.troubled)
    }

    /// The pace of one that is asked every so often, whatever it says.
    public init(every interval: Duration, jitter: Jitter) {
        self.jitter = jitter
        (calm, alarmed) = (interval, interval)
    }

    /// The wait before the first question: somewhere in a minute.
    public mutating func first() -> Duration {
        jitter.duration(to: alarmed)
    }

    /// The wait before the next one.
    ///
    /// - Parameter word: what it said; nil where it could not be fetched.
    public mutating func next(after word: OfficialWord?) -> Duration {
        failures = word == nil ? min(failures + 1, 8) : 0
        var wait = word?.isTrouble == true || word == .maintenance ? alarmed : calm
        for _ in 0..<failures { wait = min(wait * 2, Self.slowest) }
        return jitter.duration(from: wait * (1 - Self.spread), to: wait * (1 + Self.spread))
    }
}
