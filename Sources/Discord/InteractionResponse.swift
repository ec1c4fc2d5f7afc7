/// The first answer to an interaction. It decides whether all answers are seen by one person only.
public enum InteractionResponse: Equatable, Sendable {
    /// A message now.
    case message(MessageContent, isEphemeral: Bool)
    /// "Thinking…" now, the message by an edit of the original response.
    case deferred(isEphemeral: Bool)
    /// A button or menu: nothing to see yet.
    case deferredUpdate
    /// A button or menu: its message has another text from now on.
    case update(MessageContent)
    /// What can be chosen for the option that is being typed. More than Discord takes are left out.
    case choices([Choice])
    /// A form with one text to fill in. It can only be the first answer.
    case form(InteractionForm)

    /// A value that is offered under a name.
    public struct Choice: Equatable, Sendable {
        public static let most = 25
        /// Of name and value, in characters.
        public static let longest = 100

        public let name: String
        public let value: String

        /// Nil where name or value is empty or longer than Discord takes: shortened it would mean something else.
        public init?(name: String, value: String) {
            guard [name, value].allSatisfy({ (1...Self.longest).contains($0.utf16.count) }) else { return nil }
            self.name = name
            self.value = value
        }
    }
}

extension InteractionResponse: Encodable {
    private enum Key: String, CodingKey {
        case type, data
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .message(let content, let isEphemeral):
            try fields.encode(4, forKey: .type)
            try fields.encode(MessageBody(content, isEphemeral: isEphemeral), forKey: .data)
        case .deferred(let isEphemeral):
            try fields.encode(5, forKey: .type)
            if isEphemeral {
                try fields.encode(["flags": MessageBody.ephemeral], forKey: .data)
            }
        case .deferredUpdate:
            try fields.encode(6, forKey: .type)
        case .update(let content):
            try fields.encode(7, forKey: .type)
            try fields.encode(MessageBody(content, isEdit: true), forKey: .data)
        case .choices(let choices):
            try fields.encode(8, forKey: .type)
            try fields.encode(["choices": Array(choices.prefix(Choice.most))], forKey: .data)
        case .form(let form):
            try fields.encode(9, forKey: .type)
            try fields.encode(form, forKey: .data)
        }
    }
}

extension InteractionResponse.Choice: Encodable {}
