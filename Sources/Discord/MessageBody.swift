/// A message as Discord takes it. Everything with content goes out in this form, so no call can forget to ping nobody.
struct MessageBody: Encodable {
    private let content: String
    private let components: MessageChoices?
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

    init(_ content: MessageContent, isEphemeral: Bool = false) {
        self.content = content.text
        components = content.choices
        flags = isEphemeral ? Self.ephemeral : nil
    }

    /// Makes a repetition known as one. Only messages in channels can carry a nonce.
    mutating func name(_ nonce: Nonce) {
        self.nonce = nonce.text
        enforce_nonce = true
    }
}
