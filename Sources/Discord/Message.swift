/// A message in a channel, as far as the bot reads it.
public struct Message: Equatable, Sendable {
    public let id: Snowflake
    public let channelID: Snowflake
    /// Nil in direct messages.
    public var guildID: Snowflake?
    public var author: Author
    /// Set when a webhook spoke; `author` is then nobody.
    public var webhookID: Snowflake?
    /// 0 an ordinary message, 19 a reply; anything else is the platform's doing. Nil where it did not say.
    public var type: Int?
    /// Empty also where Discord withholds it: see `words(for:reading:)`.
    public var content: String
    /// The people mentioned; a reply that pings mentions the one it answers.
    public var mentions: [Snowflake]
    public var mentionsEveryone: Bool
    /// The message this one answers, where Discord sent it along. Nil also when it was deleted.
    public var referenced: Referenced?
    public var flags: Int

    public init(
        id: Snowflake, channelID: Snowflake, guildID: Snowflake? = nil, author: Author, webhookID: Snowflake? = nil,
        type: Int? = 0, content: String, mentions: [Snowflake] = [], mentionsEveryone: Bool = false,
        referenced: Referenced? = nil, flags: Int = 0
    ) {
        self.id = id
        self.channelID = channelID
        self.guildID = guildID
        self.author = author
        self.webhookID = webhookID
        self.type = type
        self.content = content
        self.mentions = mentions
        self.mentionsEveryone = mentionsEveryone
        self.referenced = referenced
        self.flags = flags
    }

    /// Who wrote a message.
    public struct Author: Equatable, Sendable {
        public let id: Snowflake
        public var isBot: Bool
        public var isSystem: Bool
        public var username: String
        /// The name the person chose to be shown.
        public var globalName: String?

        public init(
            id: Snowflake, isBot: Bool = false, isSystem: Bool = false, username: String = "", globalName: String? = nil
        ) {
            self.id = id
            self.isBot = isBot
            self.isSystem = isSystem
            self.username = username
            self.globalName = globalName
        }
    }

    /// A message that another one answers.
    public struct Referenced: Equatable, Sendable {
        public let id: Snowflake
        public let authorID: Snowflake
        public let content: String

        public init(id: Snowflake, authorID: Snowflake, content: String) {
            self.id = id
            self.authorID = authorID
            self.content = content
        }
    }
}
