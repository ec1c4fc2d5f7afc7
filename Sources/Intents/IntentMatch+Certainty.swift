extension IntentMatch {
    /// Who the message was said to.
    public enum Audience: Sendable {
        /// The bot: an answer is expected, a wrong guess is a small thing.
        case bot
        /// The chat: an answer that nobody wanted is a nuisance, silence is not.
        ///
        /// - Parameter certainty: how sure the chat wants the bot to be.
        case chat(certainty: Double = relevanceForChat)
    }

    /// How sure the matcher must be, by `relevance`, to answer people who did not ask the bot.
    ///
    /// Chosen for nearly no chatter answered: none of the benchmark's. Of the chatter among the examples, which is chosen to be hard,
    /// it is one in fifty in cross-validation, and of that only what names a service or stands in a chat about one gets an answer.
    public static let relevanceForChat = 0.85
    /// How sure it must be to answer people who did.
    public static let relevanceForBot = 0.5

    /// Whether to answer.
    public func isSure(enoughFor audience: Audience) -> Bool {
        guard intent.wantsAnswer else { return false }
        switch audience {
        case .bot: return relevance >= Self.relevanceForBot
        case .chat(let certainty): return relevance >= certainty
        }
    }
}

extension Intent {
    /// Whether a message of this intent waits for an answer; thanks and chatter do not.
    public var wantsAnswer: Bool {
        switch self {
        case .statusQuery, .symptomReport, .fixRequest, .historyQuery, .subscribe, .explain, .help: true
        case .thanksOrAck, .none: false
        }
    }
}
