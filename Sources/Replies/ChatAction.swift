public import Status

/// What a button or a menu under an answer does when it is pressed.
public enum ChatAction: Hashable, Sendable {
    /// Asks a question about a service, answered for all to see.
    case ask(ReplyRequest, ServiceID)
    /// Asks it again, answered in place of the answer above.
    case again(ReplyRequest, ServiceID)
    /// “It fails for me, too.”
    case same(ServiceID)
    /// “It works for me.”
    case works(ServiceID)
    /// Begins the dialogue, with one person alone; without a symptom it asks for that first.
    case fix(ServiceID, Symptom?)
    /// Tells one person when the service is back.
    case tell(ServiceID)
    /// Goes on with the dialogue.
    case triage(Triage, Triage.Input)
    /// Opens a form for what goes wrong, in one's own words.
    case describe(ServiceID)

    public var service: ServiceID {
        switch self {
        case .ask(_, let service), .again(_, let service), .same(let service), .works(let service), .fix(let service, _),
            .tell(let service), .describe(let service):
            service
        case .triage(let triage, _): triage.service
        }
    }

    /// Who sees what comes of it, and where.
    public enum Showing: Hashable, Sendable {
        /// A message for all.
        case everyone
        /// A message for the person alone.
        case person
        /// In place of the message above.
        case inPlace
    }

    public var showing: Showing {
        switch self {
        case .ask: .everyone
        case .again, .triage: .inPlace
        case .same, .works, .fix, .tell, .describe: .person
        }
    }
}
