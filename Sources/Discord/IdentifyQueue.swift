public import Timing

/// Whose turn it is to identify. Discord allows one identify per five seconds for each `shard % maxConcurrency`, and a
/// thousand a day; who exceeds the first is refused, who exceeds the second loses the token.
///
/// All processes that share a token must share one queue, or the budget between them.
public struct IdentifyQueue: Equatable, Sendable {
    /// What happened.
    public enum Input: Equatable, Sendable {
        /// Discord's limits, as `GET /gateway/bot` told them.
        case limits(GatewayBot)
        /// A shard wants to identify. Asking twice keeps one place.
        case request(shard: Int)
        case withdraw(shard: Int)
        /// A shard has made use of its turn. On a busy machine that may be some time after the permit, and Discord counts from what it
        /// receives.
        case identified(shard: Int)
        case tick
    }

    /// What to do.
    public enum Action: Equatable, Sendable {
        case permit(shard: Int)
        /// The rest of the day's budget is kept for people to spend: someone should look why so many were needed.
        case budgetSpent(remaining: Int)
    }

    /// Five seconds, and a margin for what the network adds.
    public static let interval = Duration.milliseconds(5_500)

    private var waiting: [Int] = []
    /// When each key may go again.
    private var turns: [Int: Instant] = [:]
    /// When any key may go at the earliest.
    private var notBefore = Instant.origin
    private var maxConcurrency = 1
    /// Nil until Discord has told: then nobody identifies.
    private var budget: Budget?

    private struct Budget: Equatable, Sendable {
        let total: Int
        var remaining: Int
        var resetAt: Instant
        var isReported = false

        /// The last tenth of a day is not spent without people.
        var isSpent: Bool {
            remaining <= total / 10
        }
    }

    public init() {}

    /// Takes in what happened and returns what to do about it, in order.
    public mutating func handle(_ input: Input, at now: Instant) -> [Action] {
        switch input {
        case .limits(let bot): learn(bot, at: now)
        case .request(let shard): enqueue(shard)
        case .withdraw(let shard): waiting.removeAll { $0 == shard }
        case .identified(let shard): turns[shard % maxConcurrency] = now.advanced(by: Self.interval)
        case .tick: break
        }
        return permit(at: now)
    }

    /// When `tick` is wanted next; nil while nobody waits, or Discord's limits are not known.
    public var deadline: Instant? {
        guard let budget, !waiting.isEmpty else { return nil }
        return budget.isSpent ? budget.resetAt : waiting.map(turn).min()
    }

    private func turn(of shard: Int) -> Instant {
        max(turns[shard % maxConcurrency] ?? .origin, notBefore)
    }

    private mutating func enqueue(_ shard: Int) {
        guard shard >= 0, !waiting.contains(shard) else { return }
        waiting.append(shard)
    }

    private mutating func learn(_ bot: GatewayBot, at now: Instant) {
        if bot.maxConcurrency != maxConcurrency {
            // The turns so far were taken under other keys: the last of them counts for all.
            notBefore = turns.values.reduce(notBefore, max)
            turns = [:]
            maxConcurrency = max(1, bot.maxConcurrency)
        }
        budget = Budget(
            total: bot.totalIdentifies, remaining: bot.remainingIdentifies,
            resetAt: now.advanced(by: max(bot.resetAfter, .seconds(1))))
    }

    private mutating func permit(at now: Instant) -> [Action] {
        guard var budget, !waiting.isEmpty else { return [] }
        if budget.resetAt <= now {
            budget = Budget(total: budget.total, remaining: budget.total, resetAt: now.advanced(by: .seconds(86_400)))
        }
        defer { self.budget = budget }
        var permitted: [Int] = []
        for shard in waiting where !budget.isSpent && turn(of: shard) <= now {
            turns[shard % maxConcurrency] = now.advanced(by: Self.interval)
            budget.remaining -= 1
            permitted.append(shard)
        }
        waiting.removeAll(where: permitted.contains)
        let permits = permitted.map(Action.permit)
        guard budget.isSpent, !waiting.isEmpty, !budget.isReported else { return permits }
        budget.isReported = true
        return permits + [.budgetSpent(remaining: budget.remaining)]
    }
}
