/// Channels and messages over REST, and the events that follow from them.
extension LocalGateway {
    func channelAnswer(_ route: Route, _ request: Request, _ bot: Chat.User) throws(Refused) -> Response? {
        guard route.template.contains(" /channels/"), let id = route.ids.first else { return nil }
        guard let channel = chat.channels[id] else { throw .unknownChannel }
        if case .direct(_, let owner) = channel.kind, owner != bot.id { throw .missingAccess }
        if channel.isMuted, ["POST", "PATCH", "PUT"].contains(request.method) { throw .missingPermissions }
        switch route.template {
        case "GET /channels/{id}": return .json(chat.wire(channel))
        case "GET /channels/{id}/messages": return .json(history(channel, request.query, for: bot))
        case "POST /channels/{id}/messages": return try post(in: channel, by: bot, request)
        case "POST /channels/{id}/typing":
            show(["type": "typing", "channel": .string(channel.name), "author": .string(bot.name)])
            return .noContent
        default: return try messageAnswer(route, request, bot, channel)
        }
    }

    private func messageAnswer(
        _ route: Route, _ request: Request, _ bot: Chat.User, _ channel: Chat.Channel
    ) throws(Refused) -> Response {
        guard route.ids.count >= 2 else { throw .notFound }
        guard let message = chat.message(route.ids[1]), message.channel == channel.id else { throw .unknownMessage }
        switch route.template {
        case "GET /channels/{id}/messages/{id}": return .json(chat.wire(message, hiddenFrom: reader(bot)))
        case "PATCH /channels/{id}/messages/{id}":
            guard message.author == bot.id else { throw .notTheAuthor }
            return .json(chat.wire(try edit(message, with: MessageDraft(reading: body(of: request)))))
        case "DELETE /channels/{id}/messages/{id}":
            delete(message)
            return .noContent
        case "PUT /channels/{id}/messages/{id}/reactions/{emoji}/@me",
            "DELETE /channels/{id}/messages/{id}/reactions/{emoji}/@me":
            return .noContent
        default: throw .notFound
        }
    }

    /// From whom REST hides content: every bot, unless bots may have it.
    private func reader(_ bot: Chat.User) -> Snowflake? {
        grants.intents.contains(.messageContent) ? nil : bot.id
    }

    private func history(_ channel: Chat.Channel, _ query: [String: String], for bot: Chat.User) -> JSON {
        let limit = min(100, max(1, query["limit"].flatMap { Int($0) } ?? 50))
        var messages = chat.messages.filter { $0.channel == channel.id && !$0.isEphemeral }
        if let before = query["before"].flatMap({ Snowflake($0) }) { messages.removeAll { $0.id >= before } }
        if let after = query["after"].flatMap({ Snowflake($0) }) {
            messages.removeAll { $0.id <= after }
            messages = Array(messages.prefix(limit))
        }
        // Newest first, as Discord answers.
        return .array(messages.suffix(limit).reversed().map { chat.wire($0, hiddenFrom: reader(bot)) })
    }

    private func post(in channel: Chat.Channel, by bot: Chat.User, _ request: Request) throws(Refused) -> Response {
        let draft = try MessageDraft(reading: body(of: request))
        let moment = LocalGateway.wallClock
        let key = draft.nonce.map { Nonces.Key(author: bot.id, nonce: $0) }
        if draft.enforcesNonce, let key, let known = chat.nonces.message(for: key, at: moment) {
            // A message that was deleted meanwhile is not sent again: Discord answers so on purpose.
            counts.nonceHits += 1
            guard let message = chat.message(known) else { throw .unknownMessage }
            return .json(chat.wire(message))
        }
        let message = try self.message(from: draft, in: channel, by: bot.id)
        if let key { chat.nonces.remember(key, for: message.id, at: moment) }
        add(message)
        return .json(chat.wire(message))
    }

    /// The message that a draft becomes.
    func message(from draft: MessageDraft, in channel: Chat.Channel, by author: Snowflake) throws(Refused) -> Message {
        guard !draft.isEmpty else { throw .empty }
        let moment = LocalGateway.wallClock
        var message = Message(
            id: chat.nextID(at: moment), channel: channel.id, author: author, content: draft.content ?? "", at: moment)
        message.embeds = draft.embeds ?? []
        message.components = draft.components ?? []
        message.nonce = draft.nonce
        message.flags = draft.flags & ~64
        var repliedAuthor: Snowflake?
        if let id = draft.replyTo {
            if let original = chat.message(id), original.channel == channel.id {
                message.replyTo = id
                message.kind = .reply
                repliedAuthor = original.author
            } else if draft.failsIfNotExists {
                throw .invalid("message_reference", code: "REPLIES_UNKNOWN_MESSAGE", message: "Unknown message")
            }
        }
        message.mentions = draft.mentions(in: message.content, repliedAuthor: repliedAuthor)
        return message
    }

    /// Adds a message and tells everybody.
    func add(_ message: Message) {
        chat.log.append(message)
        counts.messagesCreated += 1
        publish("MESSAGE_CREATE", message)
        show(["type": "message", "message": pageEntry(message)])
    }

    /// Changes a message as a draft says and tells everybody.
    func edit(_ message: Message, with draft: MessageDraft) throws(Refused) -> Message {
        let moment = LocalGateway.wallClock
        let changed = chat.log.edit(message.id) { message in
            message.content = draft.content ?? message.content
            message.embeds = draft.embeds ?? message.embeds
            message.components = draft.components ?? message.components
            message.mentions = draft.mentions(in: message.content, repliedAuthor: nil)
            // The first words of a deferred answer are no edit.
            message.editedAt = message.isLoading ? nil : moment
            message.flags &= ~128
        }
        guard let changed else { throw .unknownMessage }
        publish("MESSAGE_UPDATE", changed)
        show(["type": "message", "message": pageEntry(changed)])
        return changed
    }

    func delete(_ message: Message) {
        guard chat.log.remove(message.id) != nil else { return }
        let place = place(of: message)
        var data: JSON = ["id": message.id.json, "channel_id": message.channel.json]
        if let guild = place.guild { data = data.adding(["guild_id": guild.json]) }
        publish("MESSAGE_DELETE", to: place.intent, guild: place.guild, bots: place.bots) { _ in data }
        show(["type": "deleted", "id": message.id.json])
    }

    private func publish(_ event: String, _ message: Message) {
        let place = place(of: message)
        publish(event, to: place.intent, guild: place.guild, bots: place.bots) { session in
            chat.wire(message, isEvent: true, hiddenFrom: session.intents.contains(.messageContent) ? nil : session.bot)
        }
    }

    /// Who hears of a message: the whole guild, or the bot that it is between.
    private func place(of message: Message) -> (intent: GatewayIntents, guild: Snowflake?, bots: Set<Snowflake>?) {
        let channel = chat.channels[message.channel]
        if case .direct(_, let bot) = channel?.kind { return (.directMessages, nil, [bot]) }
        return (.guildMessages, channel?.guild ?? chat.guild, message.isEphemeral ? [message.author] : nil)
    }
}
