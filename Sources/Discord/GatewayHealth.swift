public import Timing

/// How a bot's gateway connections are, for people and programs that look after it.
public struct GatewayHealth: Equatable, Sendable {
    /// How one shard is.
    public struct ShardHealth: Equatable, Sendable {
        public internal(set) var phase = GatewaySession.Phase.idle
        /// Since when `phase` holds.
        public internal(set) var since = Instant.origin
        /// From a heartbeat to its acknowledgement, the last time.
        public internal(set) var latency: Duration?
        public internal(set) var lastAcknowledged: Instant?
        public internal(set) var identifies = 0
        public internal(set) var resumes = 0
        public internal(set) var sequenceGaps = 0
        /// The code of the last close; nil for none, 0 for a connection that went without one.
        public internal(set) var lastClose: UInt16?
    }

    /// What it comes to.
    public enum Standing: String, Equatable, Sendable {
        /// Every shard hears.
        case ready
        /// Every shard hears, but Discord withholds texts that do not mention the bot.
        case degraded
        /// At least one shard is on its way.
        case connecting
        /// Discord refused for good.
        case stopped
    }

    /// By the shard's number; empty before the plan is known.
    public private(set) var shards: [ShardHealth] = []
    /// Whether Discord refused the privileged intents.
    public internal(set) var lacksPrivilegedIntents = false
    /// Identifies that the day still holds, as far as is known.
    public internal(set) var identifiesLeft: Int?
    /// Set once it is over for good, by Discord's will.
    public internal(set) var refusal: GatewaySession.StopReason?

    public init() {}

    public var standing: Standing {
        if refusal != nil { return .stopped }
        guard !shards.isEmpty, shards.allSatisfy({ $0.phase == .ready }) else { return .connecting }
        return lacksPrivilegedIntents ? .degraded : .ready
    }

    /// A plan of so many shards begins.
    public mutating func plan(_ count: Int, at now: Instant) {
        shards = Array(repeating: ShardHealth(), count: count)
        for index in shards.indices { shards[index].since = now }
    }

    public mutating func limits(_ bot: GatewayBot) {
        identifiesLeft = bot.remainingIdentifies
    }

    public mutating func end(_ reason: GatewaySession.StopReason) {
        refusal = reason == .requested ? nil : reason
    }

    /// Intents are fewer than was asked for, from the start.
    public mutating func lackPrivilegedIntents() {
        lacksPrivilegedIntents = true
    }

    /// Takes in what a shard's session says of itself.
    public mutating func note(_ notice: GatewaySession.Notice, of shard: Int, at now: Instant) {
        guard shards.indices.contains(shard) else { return }
        switch notice {
        case .heartbeatAcknowledged(let latency):
            shards[shard].latency = latency
            shards[shard].lastAcknowledged = now
        case .ready:
            shards[shard].identifies += 1
            identifiesLeft = identifiesLeft.map { max(0, $0 - 1) }
        case .resumed: shards[shard].resumes += 1
        case .closed(let code, _): shards[shard].lastClose = code ?? 0
        case .sequenceGap: shards[shard].sequenceGaps += 1
        case .intentsReduced: lacksPrivilegedIntents = true
        default: break
        }
    }

    /// Takes in where a shard's session stands.
    public mutating func move(_ shard: Int, to phase: GatewaySession.Phase, at now: Instant) {
        guard shards.indices.contains(shard), shards[shard].phase != phase else { return }
        shards[shard].phase = phase
        shards[shard].since = now
    }
}
