/// Which privileged intents bots may have: the switches in Discord's developer portal.
struct Grants: Hashable, Sendable {
    /// The lab's names for them, in the order of their bits.
    static let names: [(name: String, intent: GatewayIntents, flag: Int64)] = [
        // The flags are those for bots in few guilds: ..._LIMITED.
        ("guild_presences", .guildPresences, 1 << 13), ("guild_members", .guildMembers, 1 << 15),
        ("message_content", .messageContent, 1 << 19),
    ]

    var intents: GatewayIntents = .privileged

    /// The flags of an application, by which a bot can see them.
    var flags: Int64 {
        Grants.names.reduce(0) { intents.contains($1.intent) ? $0 | $1.flag : $0 }
    }

    func allows(_ wanted: GatewayIntents) -> Bool {
        intents.isSuperset(of: wanted.intersection(.privileged))
    }

    var wire: JSON {
        .object(Dictionary(uniqueKeysWithValues: Grants.names.map { ($0.name, .bool(intents.contains($0.intent))) }))
    }
}
