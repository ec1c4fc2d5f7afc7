/// Slash commands, buttons, menus and forms as people use them in the lab.
extension LocalGateway {
    /// `POST /lab/interactions`: who uses what is told by the members that are given.
    ///
    /// They may manage the server, unless `manages` is false; `locale` is their language, and with `user_install` the bot is theirs alone.
    ///
    /// - `message` and `custom_id`, with `values` for a menu: a button or menu under a message.
    /// - `custom_id` and `texts`: a form that was filled in, opened from `message` if that is given.
    /// - `command` and `target`: a command of a message's own menu, used on that message.
    /// - `command` and `options`, with `focused` while one of them is being typed: a slash command.
    func interact(_ body: JSON) throws(LabRefusal) -> Response {
        let (author, channel) = try place(body)
        let pressed = try message("message", body, in: channel)
        let bot = try addressee(body, pressed, channel)
        let (kind, data) = try use(body, pressed, bot, channel)
        let interaction = Interaction(
            id: chat.nextID(at: LocalGateway.wallClock), kind: kind, token: LocalGateway.random(64), bot: bot, user: author.id,
            channel: channel.id, message: pressed?.id, createdAt: now)
        remember(interaction)
        let event = wire(interaction, data, author, channel, pressed, body)
        publish("INTERACTION_CREATE", to: [], guild: channel.guild, bots: [bot]) { _ in event }
        return .json(["id": interaction.id.json, "delivered": .bool(isConnected(bot))], status: 201)
    }

    /// `GET /lab/interactions/{id}`: what has come of one.
    func interaction(_ id: Substring) throws(LabRefusal) -> Response {
        guard let interaction = Snowflake(id).flatMap({ interactions[$0] }) else { throw LabRefusal(404, "no such interaction") }
        return .json([
            "id": interaction.id.json, "acknowledged": .bool(interaction.isAcknowledged),
            "answer": interaction.answer?.json ?? nil, "choices": interaction.choices.map { .array($0) } ?? nil,
            "form": interaction.form ?? nil,
        ])
    }

    private func remember(_ interaction: Interaction) {
        counts.interactions += 1
        if interactions.count >= Bounds.interactions, let oldest = interactions.keys.min() {
            interactions.removeValue(forKey: oldest).map { interactionTokens[$0.token] = nil }
        }
        interactions[interaction.id] = interaction
        interactionTokens[interaction.token] = interaction.id
    }

    private func message(_ member: String, _ body: JSON, in channel: Chat.Channel) throws(LabRefusal) -> Message? {
        guard let id = body[member] else { return nil }
        guard let message = Snowflake(id).flatMap({ chat.message($0) }), message.channel == channel.id else {
            throw LabRefusal(404, "“\(member)” is no message of that channel")
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

    private func use(
        _ body: JSON, _ pressed: Message?, _ bot: Snowflake, _ channel: Chat.Channel
    ) throws(LabRefusal) -> (Interaction.Kind, JSON) {
        if let texts = body["texts"]?.object { return (.form, try LocalGateway.filled(body, texts)) }
        if pressed != nil { return (.component, try LocalGateway.press(body)) }
        if let target = try message("target", body, in: channel) { return (.command, try menuUse(body, target, bot, channel)) }
        let focused = body["focused"]?.string
        return (focused == nil ? .command : .completion, try commandUse(body, focused, bot, channel))
    }

    private static func customID(_ body: JSON) throws(LabRefusal) -> JSON {
        guard let id = body["custom_id"]?.string, (1...100).contains(id.utf16.count) else {
            throw LabRefusal(400, "“custom_id” must have 1 to 100 characters")
        }
        return .string(id)
    }

    private static func press(_ body: JSON) throws(LabRefusal) -> JSON {
        let id = try customID(body)
        guard let values = body["values"]?.array else { return ["component_type": 2, "custom_id": id] }
        return ["component_type": 3, "custom_id": id, "values": .array(values)]
    }

    private static func filled(_ body: JSON, _ texts: [String: JSON]) throws(LabRefusal) -> JSON {
        let rows = texts.sorted { $0.key < $1.key }.map { name, text -> JSON in
            ["type": 1, "components": [["type": 4, "custom_id": .string(name), "value": text]]]
        }
        return ["custom_id": try customID(body), "components": .array(rows)]
    }

    private func registered(_ bot: Snowflake, _ channel: Chat.Channel) -> [JSON] {
        let local = channel.guild.flatMap { commands["\(bot)/\($0)"] } ?? []
        return local + (commands["\(bot)"] ?? [])
    }

    private func menuUse(
        _ body: JSON, _ target: Message, _ bot: Snowflake, _ channel: Chat.Channel
    ) throws(LabRefusal) -> JSON {
        guard let name = body["command"]?.string, !name.isEmpty else {
            throw LabRefusal(400, "“command” must be a command's name")
        }
        let known = registered(bot, channel).first { $0["name"]?.string == name && $0["type"]?.integer == 3 }
        return [
            "id": known?["id"] ?? chat.nextID(at: LocalGateway.wallClock).json, "name": .string(name), "type": 3,
            "target_id": target.id.json, "resolved": ["messages": .object([target.id.description: chat.wire(target)])],
        ]
    }

    /// `command` is the name, and for subcommands the words of the whole path: `down check`.
    private func commandUse(
        _ body: JSON, _ focused: String?, _ bot: Snowflake, _ channel: Chat.Channel
    ) throws(LabRefusal) -> JSON {
        let words = body["command"]?.string?.split(separator: " ").map(String.init) ?? []
        guard (1...3).contains(words.count) else { throw LabRefusal(400, "“command” must be a command's name") }
        let known = registered(bot, channel).first { $0["name"]?.string == words[0] && $0["type"]?.integer != 3 }
        var resolved: [String: JSON] = [:]
        var options =
            body["options"]?.object.map { typed($0, focused, Self.declared(known, words), &resolved) }
            ?? body["options"]?.array ?? []
        for (depth, word) in words.enumerated().dropFirst().reversed() {
            // 1 is a subcommand, 2 a group of them.
            options = [
                ["name": .string(word), "type": depth == words.count - 1 ? 1 : 2, "options": .array(options)]
            ]
        }
        var data: [String: JSON] = [
            "id": known?["id"] ?? chat.nextID(at: LocalGateway.wallClock).json, "name": .string(words[0]), "type": 1,
            "options": .array(options),
        ]
        if !resolved.isEmpty { data["resolved"] = ["channels": .object(resolved)] }
        return .object(data)
    }

    /// The types of the options of a command, or of the subcommand that its path leads to.
    private static func declared(_ command: JSON?, _ path: [String]) -> [String: Int64] {
        var level: JSON? = command
        for word in path.dropFirst() {
            let options: [JSON] = level?["options"]?.array ?? []
            level = options.first { (option: JSON) in option["name"]?.string == word }
        }
        var types: [String: Int64] = [:]
        let options: [JSON] = level?["options"]?.array ?? []
        for option in options {
            if let name = option["name"]?.string, let type = option["type"]?.integer { types[name] = type }
        }
        return types
    }

    private func typed(
        _ values: [String: JSON], _ focused: String?, _ declared: [String: Int64], _ resolved: inout [String: JSON]
    ) -> [JSON] {
        values.sorted { $0.key < $1.key }.map { name, value in
            var (type, value) = (declared[name] ?? LocalGateway.type(of: value), value)
            // A channel is given by its name, as people see it.
            if type == 7, let channel = value.string.flatMap({ chat.channel(named: $0) }) {
                value = channel.id.json
                resolved[channel.id.description] = chat.wire(channel).adding([
                    "app_permissions": chat.permissions(in: channel), "permissions": Chat.permissions,
                ])
            }
            if value.string == nil, type == 3 { type = LocalGateway.type(of: value) }
            let option: JSON = ["name": .string(name), "type": .integer(type), "value": value]
            return name == focused ? option.adding(["focused": true]) : option
        }
    }

    private static func type(of value: JSON) -> Int64 {
        switch value {
        case .integer: 4
        case .bool: 5
        case .number: 10
        default: 3
        }
    }

    private func wire(
        _ interaction: Interaction, _ data: JSON, _ author: Chat.User, _ channel: Chat.Channel, _ pressed: Message?, _ body: JSON
    ) -> JSON {
        let isInstalled = body["user_install"]?.bool != true
        let guild = channel.guild?.json ?? "0"
        var event: [String: JSON] = [
            "id": interaction.id.json, "application_id": interaction.bot.json, "type": .integer(interaction.kind.rawValue),
            "token": .string(interaction.token), "version": 1, "channel_id": channel.id.json, "channel": chat.wire(channel),
            "app_permissions": chat.permissions(in: channel), "locale": body["locale"] ?? "en-US", "entitlements": [],
            "attachment_size_limit": 10_485_760,
            "data": data, "context": channel.isDirect ? 1 : 0,
            "authorizing_integration_owners": isInstalled ? ["0": guild] : ["1": author.id.json],
        ]
        if let guild = channel.guild {
            event["guild_id"] = guild.json
            event["guild"] = ["id": guild.json, "locale": "en-US", "features": []]
            event["guild_locale"] = "en-US"
            let permissions = body["manages"]?.bool == false ? Chat.permissions : Chat.managerPermissions
            event["member"] = chat.wireMember(author).adding(["permissions": permissions])
        } else {
            event["user"] = chat.wire(author)
        }
        if let pressed { event["message"] = chat.wire(pressed) }
        return .object(event)
    }
}
