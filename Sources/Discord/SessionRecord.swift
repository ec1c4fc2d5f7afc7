/// What it takes to resume a session, also from another process: kept over a restart, no message is missed.
///
/// Discord forgets a session a few minutes after its connection went away, so whoever stores a record also stores when.
public struct SessionRecord: Hashable, Codable, Sendable {
    public let sessionID: String
    /// Where Discord wants the session resumed; nil when it did not say.
    public let resumeURL: String?
    /// The number of the last event that was taken over.
    public internal(set) var sequence: Int
    public let shard: Shard
    public let intents: GatewayIntents
    public let botID: Snowflake

    public init(
        sessionID: String, resumeURL: String?, sequence: Int, shard: Shard, intents: GatewayIntents, botID: Snowflake
    ) {
        self.sessionID = sessionID
        self.resumeURL = resumeURL
        self.sequence = sequence
        self.shard = shard
        self.intents = intents
        self.botID = botID
    }

    /// Whether a client of this plan can go on with the session. An unknown bot id fits any.
    func fits(shard: Shard, intents: GatewayIntents, botID: Snowflake?) -> Bool {
        self.shard == shard && self.intents == intents && (botID == nil || botID == self.botID) && sequence >= 0
            && Ready.isPlausible(sessionID: sessionID)
    }
}
