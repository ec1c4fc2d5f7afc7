/// The lab's routes that concern the chat and the gateway.
extension LocalGateway {
    /// Answers a request below `/lab`; the services are the lab's own.
    func lab(_ request: Request) -> Response {
        do throws(LabRefusal) {
            switch "\(request.method) \(request.path)" {
            case "GET /lab/transcript": return .json(chat.transcript)
            case "POST /lab/messages": return try speak(try LocalGateway.members(of: request))
            case "POST /lab/bots": return try addBot(try LocalGateway.members(of: request))
            case _ where request.method == "GET" && request.path.hasPrefix("/lab/interactions/"):
                return try interaction(request.path.dropFirst("/lab/interactions/".count))
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
    func place(_ body: JSON) throws(LabRefusal) -> (Chat.User, Chat.Channel) {
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
