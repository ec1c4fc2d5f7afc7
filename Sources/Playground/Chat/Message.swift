/// One message.
struct Message: Hashable, Sendable {
    /// Discord's message types, as far as the playground makes them.
    enum Kind: Int64, Sendable {
        case ordinary = 0
        case reply = 19
        case commandAnswer = 20
    }

    /// The use of a command: the interaction, and who used it.
    struct Use: Hashable, Sendable {
        let interaction: Snowflake
        let user: Snowflake
    }

    let id: Snowflake
    let channel: Snowflake
    let author: Snowflake
    var kind = Kind.ordinary
    var content: String
    var embeds: [JSON] = []
    var components: [JSON] = []
    var replyTo: Snowflake?
    /// Who is notified: people named in the text as far as that is allowed, and the author of what it answers.
    var mentions: [Snowflake] = []
    var flags: Int64 = 0
    var nonce: JSON?
    /// Milliseconds since 1970.
    let at: Int64
    var editedAt: Int64?
    /// What it answers when a person used a command.
    var interaction: Use?

    /// 1 << 6: only the person who asked can see it.
    var isEphemeral: Bool { flags & 64 != 0 }
    /// 1 << 7: a deferred answer, “is thinking…”.
    var isLoading: Bool { flags & 128 != 0 }
}
