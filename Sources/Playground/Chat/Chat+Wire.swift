/// The chat in Discord's words.
extension Chat {
    /// VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY, ADD_REACTIONS, USE_APPLICATION_COMMANDS.
    static let permissions: JSON = "2147601472"

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

    func wire(_ channel: Channel) -> JSON {
        let last = messages.last { $0.channel == channel.id }?.id.json ?? nil
        switch channel.kind {
        case .text:
            return [
                "id": channel.id.json, "guild_id": guild.json, "type": 0, "name": .string(channel.name), "position": 0,
                "topic": nil, "nsfw": false, "parent_id": nil, "permission_overwrites": [], "rate_limit_per_user": 0,
                "flags": 0, "last_message_id": last,
            ]
        case .direct(let person, _):
            return [
                "id": channel.id.json, "type": 1, "flags": 0, "last_message_id": last,
                "recipients": .array(users[person].map { [wire($0)] } ?? []),
            ]
        }
    }

    var textChannels: [Channel] {
        channels.values.filter { !$0.isDirect }.sorted { $0.id < $1.id }
    }

    var members: [User] { users.values.sorted { $0.id < $1.id } }

    var wireRoles: JSON {
        // The role of everyone has the guild's own id.
        [
            [
                "id": guild.json, "name": "@everyone", "color": 0, "hoist": false, "position": 0, "permissions": Chat.permissions,
                "managed": false, "mentionable": false, "flags": 0,
            ]
        ]
    }

    /// GUILD_CREATE's data, and with less in it `GET /guilds/{id}`.
    var wireGuild: JSON {
        [
            "id": guild.json, "name": "Playground", "icon": nil, "owner_id": mainBot.json, "roles": wireRoles, "emojis": [],
            "stickers": [], "features": [], "verification_level": 0, "default_message_notifications": 1, "premium_tier": 0,
            "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0, "afk_timeout": 300, "system_channel_flags": 0,
            "preferred_locale": "en-US", "unavailable": false, "large": false, "member_count": .integer(Int64(users.count)),
            "joined_at": "2026-01-01T00:00:00.000000+00:00", "channels": .array(textChannels.map { wire($0) }),
            "members": .array(members.map { wireMember($0) }), "threads": [], "voice_states": [], "presences": [],
            "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
        ]
    }

    /// A message object; `isHidden` empties what MESSAGE_CONTENT protects.
    func wire(_ message: Message, isEvent: Bool = false, isHidden: Bool = false) -> JSON {
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
            if isOpen { members["guild_id"] = guild.json }
            if isOpen, author?.isBot == false || author?.id == mainBot { members["member"] = wireMember }
        }
        if let use = message.interaction {
            members["interaction_metadata"] = [
                "id": use.interaction.json, "type": 2, "user": users[use.user].map { wire($0) } ?? nil,
                "authorizing_integration_owners": ["0": guild.json],
            ]
            members["application_id"] = message.author.json
            members["webhook_id"] = message.author.json
        }
        if let answered = message.replyTo {
            var reference: JSON = ["type": 0, "message_id": answered.json, "channel_id": message.channel.json]
            if isOpen { reference = reference.adding(["guild_id": guild.json]) }
            members["message_reference"] = reference
            var original = self.message(answered)
            // One level is what Discord sends.
            original?.replyTo = nil
            members["referenced_message"] = original.map { wire($0, isHidden: isHidden) } ?? nil
        }
        return .object(members)
    }
}
