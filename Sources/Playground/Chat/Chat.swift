/// Everybody and everything that was said: guilds, their channels, direct messages, people and bots.
///
/// Everybody is in every guild. The lab talks in the first one unless it names another.
///
/// Every collection has a bound; what exceeds it is refused (people, bots, channels) or forgotten, oldest first (messages).
struct Chat: Sendable {
    enum Bounds {
        static let people = 1_200
        static let bots = 20
        static let guilds = 1_000
        /// And one more for each further guild, which begins with it.
        static let channels = 100
    }

    struct User: Hashable, Sendable {
        let id: Snowflake
        let name: String
        let isBot: Bool
    }

    struct Channel: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            case text(guild: Snowflake)
            case direct(person: Snowflake, bot: Snowflake)
        }

        let id: Snowflake
        /// As the lab spells it: `general`, `guild2:general`, `dm:ann`.
        let name: String
        let kind: Kind
        /// Whether bots may write here.
        var isMuted = false

        var guild: Snowflake? {
            if case .text(let guild) = kind { guild } else { nil }
        }

        var isDirect: Bool { guild == nil }
    }

    /// A name that nobody may have, or one too many of something.
    struct Refusal: Error, Hashable, Sendable {
        let reason: String
    }

    /// The first is the lab's.
    let guilds: [Snowflake]
    /// The bot that the playground is for; `dm:ann` is a conversation with it.
    let mainBot: Snowflake
    private(set) var users: [Snowflake: User] = [:]
    private(set) var channels: [Snowflake: Channel] = [:]
    var log = MessageLog()
    var nonces = Nonces()
    private var userNames: [String: Snowflake] = [:]
    private var channelNames: [String: Snowflake] = [:]
    private var ids = SnowflakeSource()

    /// - Parameters:
    ///   - bot: the main bot's id; nil for a new one.
    ///   - guildCount: how many guilds there are.
    init(botName: String, bot: Snowflake? = nil, guildCount: Int = 1, at now: Int64) {
        let first = ids.next(at: now)
        let second = ids.next(at: now)
        mainBot = bot ?? second
        // A millisecond apart each: shards are `(id >> 22) % count`, so any that many neighbours are on all of them.
        guilds = (0..<UInt64(max(1, guildCount))).map { Snowflake(rawValue: first.rawValue - $0 << 22) }
        add(User(id: mainBot, name: botName, isBot: true))
        for (index, guild) in guilds.enumerated() {
            let name = index == 0 ? "general" : "guild\(index + 1):general"
            insert(Channel(id: ids.next(at: now), name: name, kind: .text(guild: guild)))
        }
    }

    /// The lab's guild.
    var guild: Snowflake { guilds[0] }

    /// Oldest first.
    var messages: [Message] { log.messages }

    func message(_ id: Snowflake) -> Message? { log.message(id) }

    mutating func nextID(at now: Int64) -> Snowflake { ids.next(at: now) }

    func user(named name: String) -> User? { userNames[name.lowercased()].flatMap { users[$0] } }
    func channel(named name: String) -> Channel? { channelNames[name].flatMap { channels[$0] } }

    /// The person called `name`, who joins when nobody is called so yet.
    mutating func person(named name: String, at now: Int64) throws(Refusal) -> (user: User, isNew: Bool) {
        if let known = user(named: name) {
            guard !known.isBot else { throw Refusal(reason: "\(known.name) is a bot; people need a name of their own") }
            return (known, false)
        }
        guard Chat.isName(name) else { throw Refusal(reason: "a name has 1 to 32 letters, digits or . _ -") }
        guard users.values.count(where: { !$0.isBot }) < Bounds.people else { throw Refusal(reason: "too many people") }
        let person = User(id: ids.next(at: now), name: name, isBot: false)
        add(person)
        return (person, true)
    }

    /// A new bot called `name`.
    mutating func bot(named name: String, at now: Int64) throws(Refusal) -> User {
        guard Chat.isName(name) else { throw Refusal(reason: "a name has 1 to 32 letters, digits or . _ -") }
        guard user(named: name) == nil else { throw Refusal(reason: "somebody is called \(name) already") }
        guard users.values.count(where: \.isBot) < Bounds.bots else { throw Refusal(reason: "too many bots") }
        let bot = User(id: ids.next(at: now), name: name, isBot: true)
        add(bot)
        return bot
    }

    /// The channel called `name`, made when there is none: `general`, or `dm:ann` for a conversation with the main bot.
    mutating func channel(called name: String, at now: Int64) throws(Refusal) -> Channel {
        let name = name.hasPrefix("#") ? String(name.dropFirst()) : name
        if let known = channel(named: name) { return known }
        if name.hasPrefix("dm:") {
            let person = try person(named: String(name.dropFirst(3)), at: now).user
            return try direct(person: person.id, bot: mainBot, at: now)
        }
        let (place, label) = try guild(of: name)
        guard Chat.isName(label), label == label.lowercased() else {
            throw Refusal(reason: "a channel's name has 1 to 32 lower-case letters, digits or . _ -")
        }
        return try add(Channel(id: ids.next(at: now), name: name, kind: .text(guild: place)))
    }

    /// The guild that a channel's name begins with, the lab's when it names none, and the rest of the name.
    private func guild(of name: String) throws(Refusal) -> (guild: Snowflake, label: String) {
        guard name.hasPrefix("guild"), let colon = name.firstIndex(of: ":") else { return (guild, name) }
        let number = Int(name[..<colon].dropFirst("guild".count)) ?? 0
        guard (2...max(2, guilds.count)).contains(number), number <= guilds.count else {
            throw Refusal(reason: "guilds are guild2: to guild\(guilds.count):, and the first has no prefix")
        }
        return (guilds[number - 1], String(name[name.index(after: colon)...]))
    }

    /// Lets bots write in a channel, or not.
    mutating func mute(_ id: Snowflake, _ isMuted: Bool) { channels[id]?.isMuted = isMuted }

    /// The conversation of a person with a bot.
    mutating func direct(person: Snowflake, bot: Snowflake, at now: Int64) throws(Refusal) -> Channel {
        guard let human = users[person], let machine = users[bot] else { throw Refusal(reason: "nobody has that id") }
        let name = "dm:\(human.name)" + (bot == mainBot ? "" : ":\(machine.name)")
        if let known = channel(named: name) { return known }
        return try add(Channel(id: ids.next(at: now), name: name, kind: .direct(person: person, bot: bot)))
    }

    private mutating func add(_ user: User) {
        users[user.id] = user
        userNames[user.name.lowercased()] = user.id
    }

    private mutating func add(_ channel: Channel) throws(Refusal) -> Channel {
        guard channels.count < guilds.count - 1 + Bounds.channels else { throw Refusal(reason: "too many channels") }
        insert(channel)
        return channel
    }

    private mutating func insert(_ channel: Channel) {
        channels[channel.id] = channel
        channelNames[channel.name] = channel.id
    }

    private static func isName(_ name: String) -> Bool {
        (1...32).contains(name.count) && name.utf8.count <= 128
            && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" || $0 == "-" }
    }
}
