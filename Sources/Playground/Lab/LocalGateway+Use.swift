/// Slash commands and buttons as people use them in the lab.
extension LocalGateway {
    func interact(_ body: JSON) throws(LabRefusal) -> Response {
        let (author, channel) = try place(body)
        let pressed = try pressedMessage(body, in: channel)
        let bot = try addressee(body, pressed, channel)
        let data = try pressed == nil ? commandUse(body, bot, channel) : LocalGateway.press(body)
        let moment = LocalGateway.wallClock
        let interaction = Interaction(
            id: chat.nextID(at: moment), kind: pressed == nil ? .command : .component, token: LocalGateway.random(64),
            bot: bot, user: author.id, channel: channel.id, message: pressed?.id, createdAt: now)
        remember(interaction)
        let event = wire(interaction, data, author, channel, pressed)
        publish("INTERACTION_CREATE", to: [], guild: channel.guild, bots: [bot]) { _ in event }
        return .json(["id": interaction.id.json, "delivered": .bool(isConnected(bot))], status: 201)
    }

    private func remember(_ interaction: Interaction) {
        counts.interactions += 1
        if interactions.count >= Bounds.interactions, let oldest = interactions.keys.min() {
            interactions.removeValue(forKey: oldest).map { interactionTokens[$0.token] = nil }
        }
        interactions[interaction.id] = interaction
        interactionTokens[interaction.token] = interaction.id
    }

    private func pressedMessage(_ body: JSON, in channel: Chat.Channel) throws(LabRefusal) -> Message? {
        guard let id = body["message"] else { return nil }
        guard let message = Snowflake(id).flatMap({ chat.message($0) }), message.channel == channel.id else {
            throw LabRefusal(404, "“message” is no message of that channel")
        }
        return message
    }

    private func addressee(_ body: JSON, _ pressed: Message?, _ channel: Chat.Channel) throws(LabRefusal) -> Snowflake {
        if let pressed { return pressed.author }
        if case .direct(_, let bot) = channel.kind { return bot }
        guard let name = body["bot"]?.string else { return chat.mainBot }
        guard let bot = chat.user(named: name), bot.isBot else { throw LabRefusal(404, "no bot is called \(name)") }
        return bot.id
    }

    private static func press(_ body: JSON) throws(LabRefusal) -> JSON {
        guard let id = body["custom_id"]?.string, (1...100).contains(id.utf16.count) else {
            throw LabRefusal(400, "“custom_id” must have 1 to 100 characters")
        }
        guard let values = body["values"]?.array else { return ["component_type": 2, "custom_id": .string(id)] }
        return ["component_type": 3, "custom_id": .string(id), "values": .array(values)]
    }

    /// `command` is the name, and for subcommands the words of the whole path: `down check`.
    private func commandUse(_ body: JSON, _ bot: Snowflake, _ channel: Chat.Channel) throws(LabRefusal) -> JSON {
        let words = body["command"]?.string?.split(separator: " ").map(String.init) ?? []
        guard (1...3).contains(words.count) else { throw LabRefusal(400, "“command” must be a command's name") }
        let local = channel.guild.flatMap { commands["\(bot)/\($0)"] } ?? []
        let registered = local + (commands["\(bot)"] ?? [])
        let known = registered.first { $0["name"]?.string == words[0] }
        var options = body["options"]?.object.map(LocalGateway.options) ?? body["options"]?.array ?? []
        for (depth, word) in words.enumerated().dropFirst().reversed() {
            // 1 is a subcommand, 2 a group of them.
            options = [
                ["name": .string(word), "type": depth == words.count - 1 ? 1 : 2, "options": .array(options)]
            ]
        }
        return [
            "id": known?["id"] ?? chat.nextID(at: LocalGateway.wallClock).json, "name": .string(words[0]), "type": 1,
            "options": .array(options),
        ]
    }

    private static func options(_ values: [String: JSON]) -> [JSON] {
        values.sorted { $0.key < $1.key }.map { name, value in
            let type: JSON =
                switch value {
                case .integer: 4
                case .bool: 5
                case .number: 10
                default: 3
                }
            return ["name": .string(name), "type": type, "value": value]
        }
    }

    private func wire(
        _ interaction: Interaction, _ data: JSON, _ author: Chat.User, _ channel: Chat.Channel, _ pressed: Message?
    ) -> JSON {
        var event: [String: JSON] = [
            "id": interaction.id.json, "application_id": interaction.bot.json, "type": .integer(interaction.kind.rawValue),
            "token": .string(interaction.token), "version": 1, "channel_id": channel.id.json, "channel": chat.wire(channel),
            "app_permissions": chat.permissions(in: channel), "locale": "en-US", "entitlements": [],
            "attachment_size_limit": 10_485_760,
            "data": data, "context": channel.isDirect ? 1 : 0,
            "authorizing_integration_owners": ["0": channel.guild?.json ?? "0"],
        ]
        if let guild = channel.guild {
            event["guild_id"] = guild.json
            event["guild"] = ["id": guild.json, "locale": "en-US", "features": []]
            event["guild_locale"] = "en-US"
            event["member"] = chat.wireMember(author).adding(["permissions": Chat.permissions])
        } else {
            event["user"] = chat.wire(author)
        }
        if let pressed { event["message"] = chat.wire(pressed) }
        return .object(event)
    }
}
