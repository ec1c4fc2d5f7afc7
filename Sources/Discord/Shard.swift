/// One of the connections that a bot's guilds are divided over: `guild >> 22 % count`. Direct messages go to shard 0.
public struct Shard: Hashable, Codable, Sendable {
    public let id: Int
    public let count: Int

    public init(id: Int, count: Int) {
        precondition(id >= 0 && id < count, "a shard needs 0 <= id < count")
        self.id = id
        self.count = count
    }

    /// The whole bot on one connection, as long as it has fewer than 2500 guilds.
    public static let only = Shard(id: 0, count: 1)

    public init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        let (id, count) = (try pair.decode(Int.self), try pair.decode(Int.self))
        guard id >= 0, id < count else {
            throw DecodingError.dataCorruptedError(in: pair, debugDescription: "not a shard")
        }
        (self.id, self.count) = (id, count)
    }

    public func encode(to encoder: any Encoder) throws {
        var pair = encoder.unkeyedContainer()
        try pair.encode(id)
        try pair.encode(count)
    }
}
