/// The server's side of one gateway session: what it subscribed to, its sequence, and what a RESUME would replay.
///
/// It outlives its socket: live while a socket holds it, detached afterwards, gone when the gateway forgets it.
struct GatewayServerSession: Sendable {
    /// Events kept for a replay; a RESUME that needs more is refused.
    static let replayBound = 4_096

    let id: String
    let bot: Snowflake
    let intents: GatewayIntents
    /// Shard id and number of shards.
    let shard: (id: Int64, count: Int64)
    /// What the session began with; a RESUME must ask for the same.
    let parameters: GatewayParameters
    private(set) var sequence: Int64 = 0
    private var sent: [(sequence: Int64, frame: String)] = []

    init(
        id: String, bot: Snowflake, intents: GatewayIntents, shard: (id: Int64, count: Int64) = (0, 1),
        parameters: GatewayParameters = GatewayParameters(version: 10, compression: .uncompressed)
    ) {
        self.id = id
        self.bot = bot
        self.intents = intents
        self.shard = shard
        self.parameters = parameters
    }

    /// Numbers an event, keeps it for a replay, and returns its frame.
    mutating func dispatch(_ event: String, _ data: JSON) -> String {
        sequence += 1
        let frame = JSON.object(["op": 0, "t": .string(event), "s": .integer(sequence), "d": data]).text
        sent.append((sequence, frame))
        if sent.count > GatewayServerSession.replayBound { sent.removeFirst(sent.count - GatewayServerSession.replayBound) }
        return frame
    }

    /// The frames that a client has missed whose last was `seen`; nil when they are not all here, or when `seen` never was.
    func missed(since seen: Int64) -> [String]? {
        guard seen >= 0, seen <= sequence else { return nil }
        let missed = sent.filter { $0.sequence > seen }
        return Int64(missed.count) == sequence - seen ? missed.map(\.frame) : nil
    }

    /// The frame sent last, for a duplicate.
    var last: String? { sent.last?.frame }

    /// Discord's rule for guilds; direct messages belong to shard 0.
    func receives(guild: Snowflake?) -> Bool {
        guard let guild else { return shard.id == 0 }
        return Int64(guild.rawValue >> 22) % shard.count == shard.id
    }
}
