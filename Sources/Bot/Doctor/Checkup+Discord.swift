import Discord

/// What Discord says about the token, the application and the servers.
extension Checkup {
    typealias Line = Finding

    var tokenFinding: Line {
        let anew = "Copy it anew from the developer portal (Bot, Reset Token)."
        guard case .held(let named) = token else {
            guard case .unusable(let message, let remedy) = token else { return .ok("token", "") }
            return .problem("token", message, remedy)
        }
        switch user {
        case .value(let id): return .ok("token", "Discord accepts it, for the bot \(id).")
        case .refused(401): return .problem("token", "Discord does not accept it.", anew)
        case .refused(let status):
            return .problem(
                "token", "Discord answers HTTP \(status) and says nothing about it.",
                "Wait ten minutes and try again: this address may be shut out for a while.")
        case .missing, .notAsked:
            let shape = named == nil ? " It is not shaped like a bot's token." : ""
            return .problem(
                "token", "It could not be tried: \(user.why).\(shape)", named == nil ? anew : "See what is said of the network.")
        }
    }

    var applicationFindings: [Line] {
        guard case .value(let application) = application else {
            return application.isSilent ? [] : [.warning("intents", "Not known: \(application.why).", "Try again later.")]
        }
        return [intentsFinding(application), interactionsFinding(application), commandsFinding].compactMap(\.self)
    }

    private func intentsFinding(_ application: CurrentApplication) -> Line {
        guard wantsMessageContent else {
            return .ok("intents", "discord.message_content is false: only mentions, direct messages and commands are answered.")
        }
        if application.isMessageContentGranted { return .ok("intents", "Discord grants message content.") }
        return .warning(
            "intents", "Message content is not granted: only mentions, direct messages and commands are answered.",
            "Allow the message content intent in the developer portal (Bot), or set discord.message_content to false.")
    }

    private func interactionsFinding(_ application: CurrentApplication) -> Line {
        guard application.interactionsEndpoint != nil else { return .ok("interactions", "They come over the gateway.") }
        return .problem(
            "interactions", "Discord sends commands and buttons to an HTTP endpoint, and none to this bot.",
            "Remove the interactions endpoint URL in the developer portal (General Information).")
    }

    private var commandsFinding: Line? {
        guard case .value(let difference) = commands else {
            return commands.isSilent ? nil : .warning("commands", "Not known: \(commands.why).", "Try again later.")
        }
        if difference.isEmpty { return .ok("commands", "Discord has them all, as they are here.") }
        let count = difference.added.count + difference.removed.count + difference.changed.count
        return .warning(
            "commands", "\(count) of the slash commands that Discord has are not those that are here.",
            "“isitdown commands sync” sends them.")
    }

    var gatewayFindings: [Line] {
        guard case .value(let bot) = gateway else {
            let remedy = "Try again later; Discord's own status is at https://discordstatus.com."
            return gateway.isSilent ? [] : [.problem("gateway", "Its address is not known: \(gateway.why).", remedy)]
        }
        guard GatewayAddress(bot.url) != nil else {
            return [.problem("gateway", "Discord names an address that is none.", "Look for a newer version.")]
        }
        return [loginsFinding(bot), shardsFinding(bot)]
    }

    private func loginsFinding(_ bot: GatewayBot) -> Line {
        let left =
            "\(bot.remainingIdentifies) of \(bot.totalIdentifies) logins are left, until they are renewed in \(bot.resetAfter.spoken)"
        let free = bot.remainingIdentifies - bot.totalIdentifies / 10
        let needed = shards ?? bot.shards
        let remedy = "Find out why the bot logged in so often, or wait. Connections that can be resumed need no login."
        if free <= 0 {
            return .problem("gateway", "\(left); the bot spends no login of the last tenth without people.", remedy)
        }
        return free < needed
            ? .warning("gateway", "\(left): not enough for \(needed) connections and the tenth kept in reserve.", remedy)
            : .ok("gateway", "\(left).")
    }

    private func shardsFinding(_ bot: GatewayBot) -> Line {
        guard let shards else { return .ok("shards", "As many as Discord recommends: \(bot.shards).") }
        guard shards < bot.shards else { return .ok("shards", "\(shards); Discord recommends \(bot.shards).") }
        return .warning(
            "shards", "discord.shards is \(shards), and Discord recommends \(bot.shards).",
            "Leave discord.shards at auto: too few connections are refused once the bot is on many servers.")
    }

    /// What the bot needs in a channel to answer there.
    static let needed: [(permission: Permissions, name: String)] = [
        (.viewChannel, "View Channels"), (.sendMessages, "Send Messages"),
        (.sendMessagesInThreads, "Send Messages in Threads"), (.readMessageHistory, "Read Message History"),
    ]

    var permissionFindings: [Line] {
        let subject = "permissions"
        guard case .value(let guilds) = guilds else {
            return guilds.isSilent ? [] : [.warning(subject, "Not known: \(guilds.why).", "Try again later.")]
        }
        let names = Self.needed.map(\.name).joined(separator: ", ")
        guard !guilds.isEmpty else {
            return [.warning(subject, "The bot is on no server.", "Invite it with the scope bot and the permissions \(names).")]
        }
        let wanted = Permissions(Self.needed.map(\.permission))
        let lacking = guilds.map { $0.permissions.missing(of: wanted) }.filter { !$0.isEmpty }
        let count = guilds.count < GuildMembership.page ? "\(guilds.count)" : "\(guilds.count) or more"
        guard !lacking.isEmpty else {
            return [.ok(subject, "Servers: \(count); on each, the bot may what it needs. Single channels can still withhold it.")]
        }
        let missing = Self.needed.filter { need in lacking.contains { $0.contains(need.permission) } }.map(\.name)
        return [
            .warning(
                subject, "On \(lacking.count) of \(count) servers the bot's roles lack: \(missing.joined(separator: ", ")).",
                "Allow that for its role there, or invite it again with these permissions.")
        ]
    }
}

extension Checkup.Answer {
    /// Whether another line already says why it is not known.
    var isSilent: Bool { self == .notAsked }

    /// Why there is no value.
    var why: String {
        switch self {
        case .value: "it is"
        case .refused(let status): "Discord answers HTTP \(status)"
        case .missing(let why): why
        case .notAsked: "nobody was asked"
        }
    }
}
