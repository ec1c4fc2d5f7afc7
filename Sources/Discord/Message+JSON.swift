extension Message: Decodable {
    enum CodingKeys: String, CodingKey {
        case id, author, type, content, mentions, flags
        case channelID = "channel_id"
        case guildID = "guild_id"
        case webhookID = "webhook_id"
        case mentionsEveryone = "mention_everyone"
        case referenced = "referenced_message"
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(Snowflake.self, forKey: .id)
        channelID = try fields.decode(Snowflake.self, forKey: .channelID)
        author = try fields.decode(Author.self, forKey: .author)
        // Both decide who is answered where: a value that cannot be read must not turn a guild's message into a direct
        // one, nor a webhook's into a person's.
        guildID = try fields.decodeIfPresent(Snowflake.self, forKey: .guildID)
        webhookID = try fields.decodeIfPresent(Snowflake.self, forKey: .webhookID)
        type = fields.lenient(Int.self, .type)
        content = fields.lenient(String.self, .content) ?? ""
        mentions = fields.lenientArray(Identified.self, .mentions).map(\.id)
        mentionsEveryone = fields.lenient(Bool.self, .mentionsEveryone) ?? false
        referenced = fields.lenient(Referenced.self, .referenced)
        flags = fields.lenient(Int.self, .flags) ?? 0
    }
}

extension Message.Author: Decodable {
    enum CodingKeys: String, CodingKey {
        case id, username
        case isBot = "bot"
        case isSystem = "system"
        case globalName = "global_name"
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(Snowflake.self, forKey: .id)
        isBot = try fields.decodeIfPresent(Bool.self, forKey: .isBot) ?? false
        isSystem = try fields.decodeIfPresent(Bool.self, forKey: .isSystem) ?? false
        username = fields.lenient(String.self, .username) ?? ""
        globalName = fields.lenient(String.self, .globalName)
    }
}

extension Message.Referenced: Decodable {
    enum CodingKeys: String, CodingKey {
        case id, author, content
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(Snowflake.self, forKey: .id)
        authorID = try fields.decode(Identified.self, forKey: .author).id
        content = fields.lenient(String.self, .content) ?? ""
    }
}
