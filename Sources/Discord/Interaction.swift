/// Somebody used a slash command, a button, a menu or a form. It must be answered within three seconds.
public struct Interaction: Equatable, Sendable {
    public let id: Snowflake
    public let applicationID: Snowflake
    public let kind: Kind
    /// Lets anyone answer in the bot's name for fifteen minutes.
    public let token: Secret
    /// Nil outside guilds.
    public var guildID: Snowflake?
    public var channelID: Snowflake?
    public var userID: Snowflake?
    /// The user's language, such as `pt-BR`.
    public var locale: String?
    /// What the user may do in the channel, as a bit set; nil outside guilds.
    public var permissions: UInt64?
    /// What the bot may do in the channel, as a bit set.
    public var botPermissions: UInt64?
    /// The channels that were given as options and that Discord knows in this server: a value alone may be anybody's channel.
    public var channels: Set<Snowflake> = []
    /// What the bot may do in them, where Discord says so.
    public var channelPermissions: [Snowflake: UInt64] = [:]
    /// Whether the bot itself is on the server, or only the user has installed it.
    public var isInstalledInGuild = true
    /// The command's default name.
    public var command: String?
    /// Where a command of the message menu was used: the message.
    public var target: Target?
    /// What was filled in, by the names of the fields.
    public var texts: [String: String] = [:]
    /// What the bot named the button, menu or form.
    public var customID: String?
    /// What was chosen from a menu.
    public var values: [String]
    /// The options given, their subcommands' names in front: `check/site`. Values are what the user's client made of them.
    public var options: [Option]
    /// The message the button or menu belongs to.
    public var messageID: Snowflake?

    /// A message that a command was used on.
    public struct Target: Equatable, Sendable {
        public let id: Snowflake
        public let authorID: Snowflake?
        public let text: String

        public init(id: Snowflake, authorID: Snowflake?, text: String) {
            self.id = id
            self.authorID = authorID
            self.text = text
        }
    }

    /// An option and its value as text.
    public struct Option: Equatable, Sendable {
        public let name: String
        public let value: String
        /// Whether the user is typing it right now (completion).
        public let isFocused: Bool

        public init(name: String, value: String, isFocused: Bool = false) {
            self.name = name
            self.value = value
            self.isFocused = isFocused
        }
    }

    /// What was used.
    public enum Kind: Equatable, Sendable {
        case command, component, completion, form
        case other(Int)

        init(type: Int) {
            switch type {
            case 2: self = .command
            case 3: self = .component
            case 4: self = .completion
            case 5: self = .form
            default: self = .other(type)
            }
        }
    }

    public init(
        id: Snowflake, applicationID: Snowflake, kind: Kind, token: Secret, guildID: Snowflake? = nil,
        channelID: Snowflake? = nil, userID: Snowflake? = nil, locale: String? = nil, command: String? = nil,
        customID: String? = nil, values: [String] = [], options: [Option] = [], messageID: Snowflake? = nil
    ) {
        self.id = id
        self.applicationID = applicationID
        self.kind = kind
        self.token = token
        self.guildID = guildID
        self.channelID = channelID
        self.userID = userID
        self.locale = locale
        self.command = command
        self.customID = customID
        self.values = values
        self.options = options
        self.messageID = messageID
    }

    /// The `MessageChoices.Choice.id` that was chosen by a button or from a menu.
    public var chosen: String? { values.first ?? customID }
}
