public import Timing

/// Whether *we* are online, judged by canaries: targets that have nothing to do with each other, so that only our own network can
/// take most of them away at once.
///
/// undecided → online | blind; online → blind; blind → returning → online (or blind again). Results that have gone stale lead back to
/// undecided: nothing is known, so nothing may be called down. Without canaries it stays undecided.
public struct Connectivity: Hashable, Sendable {
    /// What is known.
    public enum State: Hashable, Sendable {
        /// Too few canaries have answered lately.
        case undecided
        case online
        /// More than half of the canaries' latest results are failures.
        case blind(failed: Int, of: Int)
        /// They answer again, but not for long enough to be trusted.
        case returning(at: Instant)
    }

    private struct Answer: Hashable, Sendable {
        var ok: Bool
        var families: [ProbeResult.Family: Bool]
        var at: Instant
    }

    /// The canaries, each once, in the order of the configuration.
    public let canaries: [Target]
    /// How long a canary's result counts.
    public let freshness: Duration
    /// How long the canaries must answer after a blind time before we trust ourselves again.
    public let grace: Duration
    /// As of the last call of `record` or `advance`.
    public private(set) var state = State.undecided
    private var latest: [Target: Answer] = [:]
    private var lastAnswers: [Target: Instant] = [:]

    /// - Parameters:
    ///   - canaries: at least five unrelated ones make the judgement sound.
    ///   - freshness: how long a canary's result counts.
    ///   - grace: how long they must answer after a blind time.
    public init(canaries: [Target], freshness: Duration, grace: Duration) {
        var seen: Set<Target> = []
        self.canaries = canaries.filter { seen.insert($0).inserted }
        self.freshness = freshness
        self.grace = grace
    }

    /// Notes a canary's result; one that is no canary of ours is ignored.
    ///
    /// - Parameter families: over which families of addresses it answered, where it has both.
    public mutating func record(
        _ target: Target, ok: Bool, _ families: [ProbeResult.Family: Bool] = [:], at now: Instant
    ) {
        guard canaries.contains(target) else { return }
        latest[target] = Answer(ok: ok, families: families, at: now)
        if ok { lastAnswers[target] = now }
        advance(to: now)
    }

    /// Lets results go stale and the grace end.
    public mutating func advance(to now: Instant) {
        let fresh = latest.values.filter { $0.at.duration(to: now) <= freshness }
        let failed = fresh.count { !$0.ok }
        let isKnown = fresh.count * 2 > canaries.count
        if isKnown, failed * 2 > fresh.count {
            state = .blind(failed: failed, of: fresh.count)
        } else if isKnown {
            state = afterAnswers(at: now)
        } else if fresh.isEmpty {
            state = .undecided
        }
    }

    /// Whether a family of addresses works from here: at least two canaries answered over it lately, and most of those that have it.
    func vouches(for family: ProbeResult.Family, at now: Instant) -> Bool {
        let seen = latest.values.filter { $0.at.duration(to: now) <= freshness }.compactMap { $0.families[family] }
        let answered = seen.count { $0 }
        return answered >= 2 && answered * 2 > seen.count
    }

    private func afterAnswers(at now: Instant) -> State {
        switch state {
        case .undecided, .online: .online
        case .blind: grace > .zero ? .returning(at: now.advanced(by: grace)) : .online
        case .returning(let end): now < end ? state : .online
        }
    }

    /// How many of the canaries have answered lately, of how many.
    public func answering(at now: Instant) -> (reached: Int, of: Int) {
        (latest.values.count { $0.ok && $0.at.duration(to: now) <= freshness }, canaries.count)
    }

    /// The newest instant after which at least half of the canaries have answered: we were online then. A failure is held against a
    /// service only once this has passed it.
    public var vouched: Instant? {
        let answers = lastAnswers.values.sorted(by: >)
        let needed = (canaries.count + 1) / 2
        guard needed > 0, answers.count >= needed else { return nil }
        return answers[needed - 1]
    }

    /// When the state changes without a new result; nil when it does not.
    public var deadline: Instant? {
        if case .returning(let end) = state { end } else { nil }
    }
}
