import Timing

extension StatusBoard {
    /// How often, how patiently and how much at once.
    public struct Settings: Hashable, Sendable {
        /// From one round of a check to the next.
        public var interval: Duration = .seconds(60)
        /// The same while the newest result contradicts what is believed; never more than half the `interval`.
        public var unsureInterval: Duration = .seconds(10)
        /// From one round of a canary to the next; while we are not online, `unsureInterval` holds if it is shorter.
        public var canaryInterval: Duration = .seconds(30)
        /// The shortest time between two rounds of a canary, whatever hurries them.
        public var canaryPause: Duration = .seconds(2)
        /// What a probe may take before it has failed: for those who carry out the orders.
        public var timeout: Duration = .seconds(10)
        /// What a probe may take before the board gives it up: all doors of a check one after another, and some slack.
        public var patience: Duration = .seconds(30)
        /// Evidence younger than this is not renewed because somebody asks.
        public var freshEnough: Duration = .seconds(10)
        /// How long the canaries must answer after a blind time.
        public var grace: Duration = .seconds(15)
        /// Checks in flight at once; the canaries come on top, one probe each.
        public var limit = 32
        /// The name of the place from which we probe.
        public var vantage = "home"

        public init() {}

        /// Intervals are stretched or shortened by at most this share, so that rounds do not fall into step.
        static let spread = 0.1

        /// Evidence older than three rounds and one lost probe no longer counts.
        public var staleAfter: Duration { interval * 3 + patience }
        var rhythm: Rhythm { Rhythm(interval: interval, staleAfter: staleAfter) }
        /// A canary's result counts as long.
        public var canaryFreshness: Duration { canaryInterval * 3 + patience }
        /// The wait before a confirmation.
        var confirmation: Duration { min(unsureInterval, interval / 2) }
    }
}
