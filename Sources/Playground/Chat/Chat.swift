/// Everybody and everything that was said: one guild, its channels, direct messages, people and bots.
///
/// Every collection has a bound; what exceeds it is refused (people, bots, channels) or forgotten, oldest first (messages).
struct Chat: Sendable {
    enum Bounds {
        static let people = 200
        static let bots = 20
        static let channels = 100
        static let messages = 2_000
        static let nonces = 500
    }

    struct User: Hashable, Sendable {
        let id: Snowflake
        let name: String
        let isBot: Bool
    }

    struct Channel: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            case text
            case direct(person: Snowflake, bot: Snowflake)
        }

        let id: Snowflake
        /// As the lab spells it: `general`, `dm:ann`.
        let name: String
        let kind: Kind

        var isDirect: Bool { kind != .text }
    }

    /// A name that nobody may have, or one too many of something.
    struct Refusal: Error, Hashable, Sendable {
        let reason: String
    }

    let guild: Snowflake
    /// The bot that the playground is for; `dm:ann` is a conversation with it.
    let mainBot: Snowflake
    private(set) var users: [Snowflake: User] = [:]
    private(set) var channels: [Snowflake: Channel] = [:]
    /// Oldest first; ids rise.
    private(set) var messages: [Message] = []
    private var userNames: [String: Snowflake] = [:]
    private var channelNames: [String: Snowflake] = [:]
    private var nonces: [(key: NonceKey, message: Snowflake, at: Int64)] = []
    private var ids = SnowflakeSource()

    struct NonceKey: Hashable, Sendable {
        let author: Snowflake
        let nonce: JSON
    }

    init(botName: String, at now: Int64) {
        guild = ids.next(at: now)
        mainBot = ids.next(at: now)
        add(User(id: mainBot, name: botName, isBot: true))
        _ = add(Channel(id: ids.next(at: now), name: "general", kind: .text))
    }

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
        guard Chat.isName(name), name == name.lowercased() else {
            throw Refusal(reason: "a channel's name has 1 to 32 lower-case letters, digits or . _ -")
        }
        return try add(Channel(id: ids.next(at: now), name: name, kind: .text)).get()
    }

    /// The conversation of a person with a bot.
    mutating func direct(person: Snowflake, bot: Snowflake, at now: Int64) throws(Refusal) -> Channel {
        guard let human = users[person], let machine = users[bot] else { throw Refusal(reason: "nobody has that id") }
        let name = "dm:\(human.name)" + (bot == mainBot ? "" : ":\(machine.name)")
        if let known = channel(named: name) { return known }
        return try add(Channel(id: ids.next(at: now), name: name, kind: .direct(person: person, bot: bot))).get()
    }

    private mutating func add(_ user: User) {
        users[user.id] = user
        userNames[user.name.lowercased()] = user.id
    }

    private mutating func add(_ channel: Channel) -> Result<Channel, Refusal> {
        guard channels.count < Bounds.channels else { return .failure(Refusal(reason: "too many channels")) }
        channels[channel.id] = channel
        channelNames[channel.name] = channel.id
        return .success(channel)
    }

    private static func isName(_ name: String) -> Bool {
        (1...32).contains(name.count) && name.utf8.count <= 128
            && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" || $0 == "-" }
    }
}

// MARK: - Messages

extension Chat {
    /// Adds a message at the end; the oldest is forgotten beyond the bound.
    mutating func append(_ message: Message) {
        messages.append(message)
        if messages.count > Bounds.messages { messages.removeFirst(messages.count - Bounds.messages) }
    }

    func message(_ id: Snowflake) -> Message? {
        index(of: id).map { messages[$0] }
    }

    /// Changes a message in place and returns it; nil when it is gone.
    mutating func edit(_ id: Snowflake, _ change: (inout Message) -> Void) -> Message? {
        guard let index = index(of: id) else { return nil }
        change(&messages[index])
        return messages[index]
    }

    /// Forgets a message and returns it; nil when it is gone.
    mutating func remove(_ id: Snowflake) -> Message? {
        index(of: id).map { messages.remove(at: $0) }
    }

    private func index(of id: Snowflake) -> Int? {
        messages.lastIndex { $0.id == id }
    }

    /// The message that an enforced nonce already made, within Discord's “few minutes”.
    func message(for key: NonceKey, at now: Int64) -> Snowflake? {
        nonces.last { $0.key == key && now - $0.at < 180_000 }?.message
    }

    mutating func remember(_ key: NonceKey, for message: Snowflake, at now: Int64) {
        nonces.append((key, message, now))
        if nonces.count > Bounds.nonces { nonces.removeFirst(nonces.count - Bounds.nonces) }
    }
}
