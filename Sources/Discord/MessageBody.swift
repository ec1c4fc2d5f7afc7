/// A message as Discord takes it. Everything with content goes out in this form, so no call can forget to ping nobody.
struct MessageBody: Encodable {
    private let content: String
    private let components: Parts<MessageChoices>?
    private let embeds: Parts<[MessageCard]>?
    /// Discord pings whom the text mentions wherever this is missing, and an edit pings anew.
    private let allowed_mentions = NoMentions()
    private let flags: Int?
    private var nonce: String?
    private var enforce_nonce: Bool?
    var message_reference: Reference?

    /// A message that this one answers. That it was deleted must not make the answer fail.
    struct Reference: Encodable {
        let type = 0
        let message_id: Snowflake
        let fail_if_not_exists = false
    }

    private struct NoMentions: Encodable {
        let parse: [String] = []
        let replied_user = false
    }

    /// Seen by the person alone who used the interaction.
    static let ephemeral = 1 << 6

    /// A list that is there although it is empty.
    private enum Parts<Value: Encodable>: Encodable {
        case some(Value)
        case none

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .some(let value): try value.encode(to: encoder)
            case .none: try [String]().encode(to: encoder)
            }
        }
    }

    /// - Parameter isEdit: what an earlier text had, and this one has not, is taken away; Discord leaves what is not mentioned.
    init(_ content: MessageContent, isEphemeral: Bool = false, isEdit: Bool = false) {
        self.content = content.text
        components = content.choices.map { .some($0) } ?? (isEdit ? Parts.none : nil)
        embeds = content.card.map { .some([$0]) } ?? (isEdit ? Parts.none : nil)
        flags = isEphemeral ? Self.ephemeral : nil
    }

    /// Makes a repetition known as one. Only messages in channels can carry a nonce.
    mutating func name(_ nonce: Nonce) {
        self.nonce = nonce.text
        enforce_nonce = true
    }
}
