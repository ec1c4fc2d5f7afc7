extension Interaction: Decodable {
    enum CodingKeys: String, CodingKey {
        case id, type, token, locale, member, user, data, message
        case botPermissions = "app_permissions"
        case owners = "authorizing_integration_owners"
        case applicationID = "application_id"
        case guildID = "guild_id"
        case channelID = "channel_id"
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(Snowflake.self, forKey: .id)
        applicationID = try fields.decode(Snowflake.self, forKey: .applicationID)
        kind = Kind(type: try fields.decode(Int.self, forKey: .type))
        token = Secret(try fields.decode(String.self, forKey: .token))
        guildID = try fields.decodeIfPresent(Snowflake.self, forKey: .guildID)
        channelID = fields.lenient(Snowflake.self, .channelID)
        let member = fields.lenient(Member.self, .member)
        userID = (member?.user ?? fields.lenient(Identified.self, .user))?.id
        permissions = member?.permissions.flatMap { UInt64($0) }
        botPermissions = fields.lenient(String.self, .botPermissions).flatMap { UInt64($0) }
        // "0" is the key of an installation by a server, "1" of one by a person.
        let owners = fields.lenient([String: String].self, .owners)
        isInstalledInGuild = guildID == nil || owners?["0"] != nil || owners?["1"] == nil
        locale = fields.lenient(String.self, .locale)
        messageID = fields.lenient(Identified.self, .message)?.id
        let content = fields.lenient(Content.self, .data)
        command = content?.command
        customID = content?.customID
        values = content?.values ?? []
        options = content?.options ?? []
        target = content?.target
        texts = content?.texts ?? [:]
        channels = content?.channels ?? []
        channelPermissions = content?.channelPermissions ?? [:]
    }

    private struct Member: Decodable {
        let user: Identified
        let permissions: String?
    }

    private struct Content: Decodable {
        let command: String?
        let customID: String?
        let values: [String]
        let options: [Option]
        let target: Target?
        let texts: [String: String]
        let channels: Set<Snowflake>
        let channelPermissions: [Snowflake: UInt64]

        enum Key: String, CodingKey {
            case name, options, values, resolved, components
            case customID = "custom_id"
            case target = "target_id"
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Key.self)
            command = fields.lenient(String.self, .name)
            customID = fields.lenient(String.self, .customID)
            values = fields.lenientArray(String.self, .values)
            options = fields.lenientArray(Branch.self, .options).flatMap(\.leaves)
            let id = fields.lenient(String.self, .target)
            let resolved = fields.lenient(Resolved.self, .resolved)
            let given = (resolved?.channels ?? [:]).values
            channels = Set(given.map(\.id))
            let allowed = given.compactMap { channel in
                channel.app_permissions.flatMap { UInt64($0) }.map { (channel.id, $0) }
            }
            channelPermissions = Dictionary(allowed, uniquingKeysWith: { first, _ in first })
            target = id.flatMap { resolved?.messages?[$0] }.map {
                Target(id: $0.id, authorID: $0.author?.id, text: $0.content ?? "")
            }
            let filled = fields.lenientArray(Field.self, .components).flatMap(\.texts)
            texts = Dictionary(filled.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
        }
    }
}

/// What ids in an interaction mean.
private struct Resolved: Decodable {
    let messages: [String: Said]?
    let channels: [String: Channel]?

    struct Channel: Decodable {
        let id: Snowflake
        let app_permissions: String?
    }

    struct Said: Decodable {
        let id: Snowflake
        let author: Identified?
        let content: String?
    }
}

/// A field of a form, in a row of the older kind or under a label of the newer one.
private struct Field: Decodable {
    let texts: [(name: String, text: String)]

    enum Key: String, CodingKey {
        case components, component, value
        case customID = "custom_id"
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        // A form, a row or label, a text: Discord nests no deeper.
        guard decoder.codingPath.count <= 12 else {
            texts = []
            return
        }
        if let name = fields.lenient(String.self, .customID), let text = fields.lenient(String.self, .value) {
            texts = [(name, text)]
        } else if let inner = fields.lenient(Field.self, .component) {
            texts = inner.texts
        } else {
            texts = fields.lenientArray(Field.self, .components).flatMap(\.texts)
        }
    }
}

/// An option as Discord nests it: a value, or a subcommand with options of its own.
private struct Branch: Decodable {
    let leaves: [Interaction.Option]

    enum Key: String, CodingKey {
        case name, value, options, focused
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let name = try fields.decode(String.self, forKey: .name)
        // Command, group, subcommand, option: Discord nests no deeper.
        guard decoder.codingPath.count <= 16 else {
            leaves = []
            return
        }
        if let value = Self.text(fields) {
            leaves = [Interaction.Option(name: name, value: value, isFocused: fields.lenient(Bool.self, .focused) ?? false)]
        } else if fields.contains(.options) {
            let inner = fields.lenientArray(Branch.self, .options).flatMap(\.leaves)
            leaves =
                [Interaction.Option(name: name, value: "")]
                + inner.map { Interaction.Option(name: "\(name)/\($0.name)", value: $0.value, isFocused: $0.isFocused) }
        } else {
            leaves = [Interaction.Option(name: name, value: "")]
        }
    }

    private static func text(_ fields: KeyedDecodingContainer<Key>) -> String? {
        fields.lenient(String.self, .value)
            ?? fields.lenient(Bool.self, .value).map { String($0) }
            ?? fields.lenient(Int.self, .value).map { String($0) }
            ?? fields.lenient(Double.self, .value).map { String($0) }
    }
}
