/// The first answer to an interaction. It decides whether all answers are seen by one person only.
public enum InteractionResponse: Equatable, Sendable {
    /// A message now.
    case message(MessageContent, isEphemeral: Bool)
    /// "Thinking…" now, the message by an edit of the original response.
    case deferred(isEphemeral: Bool)
    /// A button or menu: nothing to see yet.
    case deferredUpdate
}

extension InteractionResponse: Encodable {
    private enum Key: String, CodingKey {
        case type, data
    }

    private struct Message: Encodable {
        let content: String
        let flags: Int?
        let allowed_mentions = NoMentions()
    }

    private static let ephemeral = 1 << 6

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .message(let content, let isEphemeral):
            try fields.encode(4, forKey: .type)
            try fields.encode(Message(content: content.text, flags: isEphemeral ? Self.ephemeral : nil), forKey: .data)
        case .deferred(let isEphemeral):
            try fields.encode(5, forKey: .type)
            if isEphemeral {
                try fields.encode(["flags": Self.ephemeral], forKey: .data)
            }
        case .deferredUpdate:
            try fields.encode(6, forKey: .type)
        }
    }
}
