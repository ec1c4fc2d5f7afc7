/// The lab's routes that concern the chat and the gateway.
extension LocalGateway {
    /// Answers a request below `/lab`; the services are the lab's own.
    func lab(_ request: Request) -> Response {
        do throws(LabRefusal) {
            switch "\(request.method) \(request.path)" {
            case "GET /lab/transcript": return .json(chat.transcript)
            case "POST /lab/messages": return try speak(try LocalGateway.members(of: request))
            case "POST /lab/bots": return try addBot(try LocalGateway.members(of: request))
            case "POST /lab/interactions": return try interact(try LocalGateway.members(of: request))
            case "POST /lab/faults": return try inject(try LocalGateway.members(of: request))
            case "GET /lab/faults": return .json(faults.wire(at: now))
            case "DELETE /lab/faults":
                clearFaults()
                return .noContent
            case "GET /lab/violations": return .json(violations.wire)
            case "DELETE /lab/violations":
                violations.clear()
                return .noContent
            case "GET /lab/stats": return .json(stats())
            case "GET /lab/intents": return .json(grants.wire)
            case "PUT /lab/intents": return try grant(try LocalGateway.members(of: request))
            case "POST /lab/tokens": return try resetToken(try LocalGateway.members(of: request))
            case _ where request.method == "PUT" && request.path.hasPrefix("/lab/channels/"):
                return try permit(
                    String(request.path.dropFirst("/lab/channels/".count)), try LocalGateway.members(of: request))
            default: throw LabRefusal(404, "no such route")
            }
        } catch {
            return error.response
        }
    }

    /// The body, which must be an object.
    static func members(of request: Request) throws(LabRefusal) -> JSON {
        guard let body = JSON(parsing: request.body), body.object != nil else {
            throw LabRefusal(400, "the body must be a JSON object")
        }
        return body
    }

    private func speak(_ body: JSON) throws(LabRefusal) -> Response {
        guard let text = body["content"]?.string, !text.allSatisfy(\.isWhitespace) else {
            throw LabRefusal(400, "“content” must be a text that is not empty")
        }
        guard text.utf16.count <= 2_000 else { throw LabRefusal(400, "“content” must have at most 2000 characters") }
        let (author, channel) = try place(body)
        let moment = LocalGateway.wallClock
        var message = Message(
            id: chat.nextID(at: moment), channel: channel.id, author: author.id,
            content: Mentions.written(in: text, users: chat.members), at: moment)
        message.mentions = Mentions.mentioned(in: message.content).filter { chat.users[$0] != nil }
        if let id = body["reply_to"] {
            guard let original = Snowflake(id).flatMap({ chat.message($0) }), original.channel == channel.id else {
                throw LabRefusal(404, "“reply_to” is no message of that channel")
            }
            message.replyTo = original.id
            message.kind = .reply
            // People answer with the ping on, as Discord's own apps do.
            if !message.mentions.contains(original.author) { message.mentions.append(original.author) }
        }
        add(message)
        return .json(chat.transcriptEntry(message), status: 201)
    }

    /// Who speaks and where; both come to be when they are new.
    private func place(_ body: JSON) throws(LabRefusal) -> (Chat.User, Chat.Channel) {
        guard let name = body["author"]?.string else { throw LabRefusal(400, "“author” must be a person's name") }
        let place = body["channel"]?.string ?? "general"
        let moment = LocalGateway.wallClock
        do throws(Chat.Refusal) {
            let (author, isNew) = try chat.person(named: name, at: moment)
            if isNew { welcome(author) }
            let wasThere = chat.channel(named: place) != nil
            let channel = try chat.channel(called: place, at: moment)
            if case .direct(let person, _) = channel.kind, person != author.id {
                throw Chat.Refusal(reason: "\(channel.name) is not \(author.name)'s conversation")
            }
            if !wasThere { announce(channel) }
            return (author, channel)
        } catch {
            throw LabRefusal(400, error.reason)
        }
    }

    private func welcome(_ user: Chat.User) {
        for guild in chat.guilds {
            publish("GUILD_MEMBER_ADD", to: .guildMembers, guild: guild) { _ in
                chat.wireMember(user).adding(["guild_id": guild.json])
            }
        }
        showPresence()
    }

    private func announce(_ channel: Chat.Channel) {
        if let guild = channel.guild { publish("CHANNEL_CREATE", to: .guilds, guild: guild) { _ in chat.wire(channel) } }
        show(["type": "channel", "channel": .string(channel.name)])
    }

    private func addBot(_ body: JSON) throws(LabRefusal) -> Response {
        guard let name = body["name"]?.string else { throw LabRefusal(400, "“name” must be a text") }
        do throws(Chat.Refusal) {
            let bot = try chat.bot(named: name, at: LocalGateway.wallClock)
            welcome(bot)
            return .json(["id": bot.id.json, "token": .string(makeToken(for: bot.id))], status: 201)
        } catch {
            throw LabRefusal(409, error.reason)
        }
    }
}

// MARK: - Interactions

extension LocalGateway {
    private func interact(_ body: JSON) throws(LabRefusal) -> Response {
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
