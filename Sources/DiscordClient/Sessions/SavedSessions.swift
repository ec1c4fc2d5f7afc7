public import Discord

/// What one process leaves to the next, so that it goes on where this one stopped.
public struct SavedSessions: Codable, Equatable, Sendable {
    /// How the file is written; another number is another program's.
    static let version = 1
    /// Discord forgets a session a few minutes after its connection; older ones would only cost a round trip.
    static let life: Int64 = 10 * 60 * 1_000

    var version = SavedSessions.version
    /// Milliseconds since 1970, by the wall clock: the monotonic one does not outlive the machine. Only ages are read from it, and a wrong
    /// one costs no more than an identify.
    var savedAt: Int64
    public internal(set) var sessions: [SessionRecord]
    /// Messages and interactions that were answered, oldest first.
    public internal(set) var answered: [Snowflake]

    /// The number of shards that the sessions belong to; nil where there are none.
    var shardCount: Int? { sessions.first?.shard.count }

    /// Whether a session could still live.
    func isFresh(at now: Int64) -> Bool {
        version == SavedSessions.version && abs(now - savedAt) <= SavedSessions.life
    }
}
