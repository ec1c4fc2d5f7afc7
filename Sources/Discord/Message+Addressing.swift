extension Message {
    /// What a message says to the bot.
    public enum Words: Equatable, Sendable {
        case said(String)
        /// Discord withheld the text, which is not the same as silence.
        case hidden
    }

    /// Whether the bot may answer at all: people's own messages and replies only. Answering bots, webhooks, the system or
    /// itself is how two bots talk until somebody pulls the plug.
    public func mayBeAnswered(by bot: Snowflake) -> Bool {
        type.map(Self.isSaidByPeople) == true && webhookID == nil && !author.isBot && !author.isSystem && author.id != bot
    }

    /// Whether messages of a type are what people write: ordinary ones and replies. All others are the platform's doing.
    public static func isSaidByPeople(type: Int) -> Bool {
        type == 0 || type == 19
    }

    /// Whether the message speaks to the bot: it mentions it, or it is a direct message. `@everyone` does not count.
    public func isAddressed(to bot: Snowflake) -> Bool {
        guildID == nil || mentions.contains(bot)
    }

    /// The text without mentions of the bot, or `hidden` where Discord's rule says that an empty text proves nothing:
    /// without the message content intent it sends the text of direct messages, mentions and the bot's own only.
    public func words(for bot: Snowflake, reading intents: GatewayIntents) -> Words {
        let isReadable = intents.contains(.messageContent) || isAddressed(to: bot) || author.id == bot
        guard isReadable || !content.isEmpty else { return .hidden }
        return .said(text(removingMentionsOf: bot))
    }

    /// The content without `<@id>` and the older `<@!id>` of one user, and without the blanks they leave.
    public func text(removingMentionsOf user: Snowflake) -> String {
        let bytes = Self.withoutMentions(of: user, Array(content.utf8))
        // Nearly every question, and several times faster: what is ASCII consists of characters of one byte.
        return bytes.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\r") } ? Self.tidy(ascii: bytes) : Self.tidy(bytes)
    }

    /// A blank for each mention.
    private static func withoutMentions(of user: Snowflake, _ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "<")) else { return bytes }
        let mentions = [Array("<@\(user)>".utf8), Array("<@!\(user)>".utf8)]
        var (kept, position): ([UInt8], Int) = ([], 0)
        kept.reserveCapacity(bytes.count)
        while position < bytes.count {
            let rest = bytes[position...]
            if rest.first == UInt8(ascii: "<"), let mention = mentions.first(where: { rest.starts(with: $0) }) {
                kept.append(0x20)
                position += mention.count
            } else {
                kept.append(bytes[position])
                position += 1
            }
        }
        return kept
    }

    private static func tidy(_ bytes: [UInt8]) -> String {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let tidy = lines.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.joined(separator: "\n")
        return String(tidy.drop(while: \.isNewline).reversed().drop(while: \.isNewline).reversed())
    }

    private static func tidy(ascii bytes: [UInt8]) -> String {
        var tidy: [UInt8] = []
        tidy.reserveCapacity(bytes.count)
        // What goes in front of the next word, if any comes.
        var (breaks, isAfterBlank) = (0, false)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"): breaks += 1
            case 0x09...0x0D, 0x20: isAfterBlank = true
            default:
                if breaks > 0 {
                    if !tidy.isEmpty { tidy.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: breaks)) }
                } else if isAfterBlank, !tidy.isEmpty {
                    tidy.append(0x20)
                }
                (breaks, isAfterBlank) = (0, false)
                tidy.append(byte)
            }
        }
        return String(decoding: tidy, as: UTF8.self)
    }
}
