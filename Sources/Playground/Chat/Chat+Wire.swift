/// The chat in Discord's words.
extension Chat {
    /// VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY, ADD_REACTIONS, USE_APPLICATION_COMMANDS.
    static let permissions: JSON = "277025508416"
    /// The same and MANAGE_GUILD, for who runs a server.
    static let managerPermissions: JSON = "277025508448"

    func wire(_ user: User) -> JSON {
        var members: [String: JSON] = [
            "id": user.id.json, "username": .string(user.name), "discriminator": "0", "avatar": nil, "public_flags": 0,
            "global_name": user.isBot ? nil : .string(user.name),
        ]
        if user.isBot { members["bot"] = true }
        return .object(members)
    }

    /// A member object without its user, as messages carry it.
    var wireMember: JSON {
        [
            "nick": nil, "roles": [], "joined_at": "2026-01-01T00:00:00.000000+00:00", "deaf": false, "mute": false,
            "pending": false, "flags": 0,
        ]
    }

    func wireMember(_ user: User) -> JSON {
        wireMember.adding(["user": wire(user)])
    }

    /// A bot as it sees itself.
    func wireSelf(_ user: User) -> JSON {
        wire(user).adding([
            "verified": true, "mfa_enabled": false, "flags": 0, "locale": "en-US", "premium_type": 0, "email": nil, "bio": "",
        ])
    }

    func wire(_ channel: Channel) -> JSON {
        let last = log.latest[channel.id]?.json ?? nil
        switch channel.kind {
        case .text(let guild):
            let label = channel.name.split(separator: ":").last.map(String.init) ?? channel.name
            // SEND_MESSAGES, taken from everyone.
            let silence: JSON = ["id": guild.json, "type": 0, "allow": "0", "deny": "2048"]
            return [
                "id": channel.id.json, "guild_id": guild.json, "type": 0, "name": .string(label), "position": 0,
                "topic": nil, "nsfw": false, "parent_id": nil, "permission_overwrites": channel.isMuted ? [silence] : [],
                "rate_limit_per_user": 0, "flags": 0, "last_message_id": last,
            ]
        case .direct(let person, _):
            return [
                "id": channel.id.json, "type": 1, "flags": 0, "last_message_id": last,
                "recipients": .array(users[person].map { [wire($0)] } ?? []),
            ]
        }
    }

    func textChannels(of guild: Snowflake) -> [Channel] {
        channels.values.filter { $0.guild == guild }.sorted { $0.id < $1.id }
    }

    /// What a bot may do in a channel.
    func permissions(in channel: Channel) -> JSON {
        channel.isMuted ? "277025506368" : Chat.permissions
    }

    var members: [User] { users.values.sorted { $0.id < $1.id } }

    func wireRoles(of guild: Snowflake) -> JSON {
        // The role of everyone has the guild's own id.
        [
            [
                "id": guild.json, "name": "@everyone", "color": 0, "hoist": false, "position": 0, "permissions": Chat.permissions,
                "managed": false, "mentionable": false, "flags": 0, "icon": nil, "unicode_emoji": nil,
                "colors": ["primary_color": 0, "secondary_color": nil, "tertiary_color": nil],
            ]
        ]
    }

    func name(of guild: Snowflake) -> String {
        guard let index = guilds.firstIndex(of: guild), index > 0 else { return "Playground" }
        return "Playground \(index + 1)"
    }

    /// GUILD_CREATE's data, and with less in it `GET /guilds/{id}`.
    func wire(guild: Snowflake) -> JSON {
        [
            "id": guild.json, "name": .string(name(of: guild)), "icon": nil, "owner_id": mainBot.json,
            "roles": wireRoles(of: guild), "emojis": [], "splash": nil, "discovery_splash": nil, "banner": nil,
            "description": nil, "vanity_url_code": nil, "application_id": nil, "afk_channel_id": nil,
            "system_channel_id": nil, "rules_channel_id": nil, "public_updates_channel_id": nil,
            "safety_alerts_channel_id": nil, "widget_enabled": false, "premium_subscription_count": 0,
            "premium_progress_bar_enabled": false, "max_members": 500_000, "max_video_channel_users": 25,
            "stickers": [], "features": [], "verification_level": 0, "default_message_notifications": 1, "premium_tier": 0,
            "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0, "afk_timeout": 300, "system_channel_flags": 0,
            "preferred_locale": "en-US", "unavailable": false, "large": false, "member_count": .integer(Int64(users.count)),
            "joined_at": "2026-01-01T00:00:00.000000+00:00", "channels": .array(textChannels(of: guild).map { wire($0) }),
            "members": .array(members.map { wireMember($0) }), "threads": [], "voice_states": [], "presences": [],
            "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
        ]
    }

    /// Whether a bot without MESSAGE_CONTENT sees a message empty: all but its own, direct ones, and those that mention it. An
    /// answer to what it said to a command mentions it only if its text does.
    func hides(_ message: Message, from bot: Snowflake) -> Bool {
        if message.author == bot || channels[message.channel]?.isDirect == true { return false }
        guard message.mentions.contains(bot) else { return true }
        let answersUse = message.replyTo.flatMap { self.message($0) }?.interaction != nil
        return answersUse && !Mentions.mentioned(in: message.content).contains(bot)
    }

    /// A message object.
    ///
    /// - Parameter bot: from whom content is hidden that it may not see; nil when all may be seen.
    func wire(_ message: Message, isEvent: Bool = false, hiddenFrom bot: Snowflake? = nil) -> JSON {
        let isHidden = bot.map { hides(message, from: $0) } ?? false
        let channel = channels[message.channel]
        let author = users[message.author]
        var members: [String: JSON] = [
            "id": message.id.json, "channel_id": message.channel.json, "author": author.map { wire($0) } ?? nil,
            "content": .string(isHidden ? "" : message.content), "timestamp": .string(Timestamp.text(milliseconds: message.at)),
            "edited_timestamp": message.editedAt.map { .string(Timestamp.text(milliseconds: $0)) } ?? nil, "tts": false,
            "mention_everyone": false, "mention_roles": [], "attachments": [], "embeds": .array(isHidden ? [] : message.embeds),
            "components": .array(isHidden ? [] : message.components), "pinned": false,
            "type": .integer(message.kind.rawValue), "flags": .integer(message.flags),
            "mentions": .array(
                message.mentions.compactMap { users[$0] }.map { user in
                    channel?.isDirect == false && isEvent ? wire(user).adding(["member": wireMember]) : wire(user)
                }
            ),
        ]
        if let nonce = message.nonce { members["nonce"] = nonce }
        let isOpen = channel?.isDirect == false && !message.isEphemeral
        if isEvent {
            members["channel_type"] = channel?.isDirect == true ? 1 : 0
            if isOpen { members["guild_id"] = channel?.guild?.json }
            if isOpen, author?.isBot == false || author?.id == mainBot { members["member"] = wireMember }
        }
        if let use = message.interaction {
            members["interaction_metadata"] = [
                "id": use.interaction.json, "type": 2, "user": users[use.user].map { wire($0) } ?? nil,
                "authorizing_integration_owners": ["0": channel?.guild?.json ?? "0"],
            ]
            members["application_id"] = message.author.json
            members["webhook_id"] = message.author.json
        }
        if let answered = message.replyTo {
            var reference: JSON = ["type": 0, "message_id": answered.json, "channel_id": message.channel.json]
            if isOpen, let guild = channel?.guild { reference = reference.adding(["guild_id": guild.json]) }
            members["message_reference"] = reference
            var original = self.message(answered)
            // One level is what Discord sends.
            original?.replyTo = nil
            members["referenced_message"] = original.map { wire($0, hiddenFrom: bot) } ?? nil
        }
        return .object(members)
    }
}
