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
    /// Chosen by cross-validation over the examples for at most one message in a hundred of chatter answered.
    public static let relevanceForChat = 0.9
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
