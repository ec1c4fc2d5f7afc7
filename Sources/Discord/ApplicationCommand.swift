/// A command as Discord shows it to people: a slash command, or one in the menu of a message.
///
/// Discord's documentation, Application Commands: names of 1 to 32 characters, descriptions of 1 to 100, up to 25 options and choices.
public struct ApplicationCommand: Equatable, Sendable {
    public enum Kind: Int, Sendable {
        case slash = 1
        case message = 3
    }

    /// A text and what it is in other languages, by Discord's names of them.
    public struct Words: Equatable, Sendable {
        public var text: String
        public var localized: [String: String]

        public init(_ text: String, localized: [String: String] = [:]) {
            self.text = text
            self.localized = localized.filter { $0.value != text }
        }
    }

    public struct Choice: Equatable, Sendable {
        public var name: Words
        public var value: String

        public init(name: Words, value: String) {
            self.name = name
            self.value = value
        }
    }

    public struct Option: Equatable, Sendable {
        public enum Kind: Equatable, Sendable {
            /// A command under the command, with its own options.
            case subcommand([Option])
            case text(longest: Int, isCompleted: Bool)
            case choice([Choice])
            /// A text channel, or one for announcements.
            case channel
        }

        public var name: Words
        public var about: Words
        public var kind: Kind
        public var isRequired: Bool

        public init(name: Words, about: Words, kind: Kind, isRequired: Bool = false) {
            self.name = name
            self.about = about
            self.kind = kind
            self.isRequired = isRequired
        }
    }

    public var kind: Kind
    public var name: Words
    /// Empty for a message's menu.
    public var about: Words
    public var options: [Option]
    /// What one has to be allowed to use it; nil for everybody. A bit set.
    public var permissions: UInt64?
    /// Whether it is of use outside servers.
    public var isForServersOnly: Bool

    public init(
        kind: Kind = .slash, name: Words, about: Words = Words(""), options: [Option] = [], permissions: UInt64? = nil,
        isForServersOnly: Bool = false
    ) {
        self.kind = kind
        self.name = name
        self.about = about
        self.options = options
        self.permissions = permissions
        self.isForServersOnly = isForServersOnly
    }

    /// May change the server's settings.
    public static let manageGuild: UInt64 = 1 << 5
}

extension ApplicationCommand: Encodable {
    enum Key: String, CodingKey {
        case type, name, description, options, contexts, choices, required, autocomplete, value
        case localizedName = "name_localizations"
        case localizedDescription = "description_localizations"
        case permissions = "default_member_permissions"
        case installations = "integration_types"
        case channels = "channel_types"
        case longest = "max_length"
        case shortest = "min_length"
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(kind.rawValue, forKey: .type)
        try fields.encode(name, .name, .localizedName)
        if kind == .slash { try fields.encode(about, .description, .localizedDescription) }
        if !options.isEmpty { try fields.encode(options, forKey: .options) }
        // A number, as Discord's own description of its API has it; its documentation speaks of a text, and it takes both.
        if let permissions { try fields.encode(permissions, forKey: .permissions) }
        // A server, a conversation with the bot, other people's conversations; installed by servers or by a person.
        try fields.encode(isForServersOnly ? [0] : [0, 1, 2], forKey: .contexts)
        try fields.encode(isForServersOnly ? [0] : [0, 1], forKey: .installations)
    }
}

extension ApplicationCommand.Option: Encodable {
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: ApplicationCommand.Key.self)
        try fields.encode(name, .name, .localizedName)
        try fields.encode(about, .description, .localizedDescription)
        if isRequired { try fields.encode(true, forKey: .required) }
        switch kind {
        case .subcommand(let options):
            try fields.encode(1, forKey: .type)
            if !options.isEmpty { try fields.encode(options, forKey: .options) }
        case .text(let longest, let isCompleted):
            try fields.encode(3, forKey: .type)
            try fields.encode(1, forKey: .shortest)
            try fields.encode(longest, forKey: .longest)
            if isCompleted { try fields.encode(true, forKey: .autocomplete) }
        case .choice(let choices):
            try fields.encode(3, forKey: .type)
            var list = fields.nestedUnkeyedContainer(forKey: .choices)
            for choice in choices {
                var fields = list.nestedContainer(keyedBy: ApplicationCommand.Key.self)
                try fields.encode(choice.name, .name, .localizedName)
                try fields.encode(choice.value, forKey: .value)
            }
        case .channel:
            try fields.encode(7, forKey: .type)
            try fields.encode([0, 5], forKey: .channels)
        }
    }
}

extension KeyedEncodingContainer<ApplicationCommand.Key> {
    fileprivate mutating func encode(_ words: ApplicationCommand.Words, _ text: Key, _ localized: Key) throws {
        try encode(words.text, forKey: text)
        if !words.localized.isEmpty { try encode(words.localized, forKey: localized) }
    }
}
