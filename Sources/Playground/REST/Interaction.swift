import Timing

/// The use of a slash command or a button, and how far its answer is.
struct Interaction: Sendable {
    /// The first answer is due within this time; the token then lives for `tokenLife`.
    static let deadline = Duration.seconds(3)
    static let tokenLife = Duration.seconds(15 * 60)

    enum Kind: Int64, Sendable {
        case command = 2
        case component = 3
        case completion = 4
        case form = 5
    }

    let id: Snowflake
    let kind: Kind
    let token: String
    let bot: Snowflake
    let user: Snowflake
    let channel: Snowflake
    /// The message whose button was pressed.
    let message: Snowflake?
    let createdAt: Instant
    var isAcknowledged = false
    /// What `@original` names.
    var answer: Snowflake?
    /// What was offered for the option that is being typed.
    var choices: [JSON]?
    /// The form that was opened.
    var form: JSON?
}
