/// What an IDENTIFY asks for.
struct Identify: Hashable, Sendable {
    let token: String
    let intents: GatewayIntents
    let shard: Int64
    let shardCount: Int64

    /// The most shards that a bot may have here.
    static let shardBound: Int64 = 10_000

    /// Reads op 2's data; the failure is the code that Discord closes with.
    static func read(_ data: JSON?) -> Result<Identify, GatewayCloseCode> {
        guard let data, let token = data["token"]?.string, data["properties"]?.object != nil, let bits = data["intents"]?.integer
        else { return .failure(.decodeError) }
        let intents = GatewayIntents(rawValue: bits)
        guard bits >= 0, GatewayIntents.assigned.isSuperset(of: intents) else { return .failure(.invalidIntents) }
        let shard = data["shard"]?.array ?? [0, 1]
        guard shard.count == 2, let id = shard[0].integer, let count = shard[1].integer, id >= 0, id < count, count <= shardBound
        else {
            return .failure(.invalidShard)
        }
        return .success(Identify(token: token, intents: intents, shard: id, shardCount: count))
    }
}
