public import Status

/// What is known about a message besides its text.
public struct MatchContext: Hashable, Sendable {
    /// The service that the chat is about, when the bot has been told one.
    public var defaultService: ServiceID?
    /// Said to the bot: it was mentioned, or this is a direct message.
    public var isAddressed: Bool
    /// The text of the message that this one answers.
    public var answersTo: String?

    public init(defaultService: ServiceID? = nil, isAddressed: Bool = false, answersTo: String? = nil) {
        self.defaultService = defaultService
        self.isAddressed = isAddressed
        self.answersTo = answersTo
    }
}
