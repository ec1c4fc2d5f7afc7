extension Interaction: Decodable {
    enum CodingKeys: String, CodingKey {
        case id, type, token, locale, member, user, data, message
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
        userID = (fields.lenient(Member.self, .member)?.user ?? fields.lenient(Identified.self, .user))?.id
        locale = fields.lenient(String.self, .locale)
        messageID = fields.lenient(Identified.self, .message)?.id
        let content = fields.lenient(Content.self, .data)
        command = content?.command
        customID = content?.customID
        values = content?.values ?? []
        options = content?.options ?? []
    }

    private struct Member: Decodable {
        let user: Identified
    }

    private struct Content: Decodable {
        let command: String?
        let customID: String?
        let values: [String]
        let options: [Option]

        enum Key: String, CodingKey {
            case name, options, values
            case customID = "custom_id"
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Key.self)
            command = fields.lenient(String.self, .name)
            customID = fields.lenient(String.self, .customID)
            values = fields.lenientArray(String.self, .values)
            options = fields.lenientArray(Branch.self, .options).flatMap(\.leaves)
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
