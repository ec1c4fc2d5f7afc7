import Timing

/// The pace of the rounds in which evidence comes, and what follows from it.
public struct Rhythm: Hashable, Sendable {
    /// From one regular round to the next.
    public var interval: Duration
    /// A probe's result older than this no longer counts.
    public var staleAfter: Duration
    /// What an official feed or a page said longer ago no longer counts.
    public var hearsayAfter: Duration

    public init(interval: Duration, staleAfter: Duration, hearsayAfter: Duration = .seconds(3_600)) {
        self.interval = interval
        self.staleAfter = staleAfter
        self.hearsayAfter = hearsayAfter
    }

    /// Two results so far apart come from two rounds, however much their times are spread. What went wrong on the way for the length of
    /// one round does not reach over both.
    var round: Duration { interval * 0.8 }
}
