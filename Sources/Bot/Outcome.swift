import Replies
import Status

/// What comes of a command or a button.
enum Outcome: Sendable {
    case reply(Reply, about: Subject? = nil)
    /// A form for what goes wrong with a service, in one's own words.
    case form(title: String, label: String, ServiceID)

    /// What an answer says of services, for putting it right later.
    struct Subject: Sendable {
        var wanted: ReplyRequest
        var services: [ServiceID]
        var states: [Verdict.State]
        var doubt: Responder.Doubt?
    }
}
