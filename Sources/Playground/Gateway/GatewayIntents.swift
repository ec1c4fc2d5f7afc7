/// The intents of an IDENTIFY, Discord's bit set.
struct GatewayIntents: OptionSet, Hashable, Sendable {
    let rawValue: Int64

    static let guilds = GatewayIntents(rawValue: 1 << 0)
    static let guildMembers = GatewayIntents(rawValue: 1 << 1)
    static let guildPresences = GatewayIntents(rawValue: 1 << 8)
    static let guildMessages = GatewayIntents(rawValue: 1 << 9)
    static let directMessages = GatewayIntents(rawValue: 1 << 12)
    static let messageContent = GatewayIntents(rawValue: 1 << 15)
    /// Those that a bot must be granted.
    static let privileged: GatewayIntents = [guildMembers, guildPresences, messageContent]

    /// Every bit that Discord has given a meaning; 17 to 19, 22 and 23 have none.
    static let assigned = GatewayIntents(rawValue: 0x1_FFFF | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25)
}
