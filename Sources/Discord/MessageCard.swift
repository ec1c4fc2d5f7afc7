/// A box beside a message's text, with a coloured edge: an embed in Discord's words. The message reads well without it only where
/// its text says the same, so it is for places where embeds are allowed.
public struct MessageCard: Hashable, Sendable {
    /// Of the text, in UTF-16 units; Discord says 4096 characters.
    public static let limit = 4_096

    public let text: String
    /// Red, green and blue, eight bits each.
    public let color: Int

    /// Lays out as many whole paragraphs as fit. Nil when there is nothing to say.
    public init?(paragraphs: [String], color: Int, limit: Int = Self.limit) {
        guard let content = MessageContent(paragraphs: paragraphs, limit: limit) else { return nil }
        text = content.text
        self.color = color & 0xFF_FFFF
    }
}

extension MessageCard: Encodable {
    private enum Key: String, CodingKey {
        case description, color
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(text, forKey: .description)
        try fields.encode(color, forKey: .color)
    }
}
