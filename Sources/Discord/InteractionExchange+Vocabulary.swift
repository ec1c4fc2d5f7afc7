public import Timing

extension InteractionExchange {
    /// How an answer appears. The first answer decides, so it is settled before anything is said.
    public enum Manner: Equatable, Sendable {
        /// As a message of its own; to a single person, where it is ephemeral.
        case message(isEphemeral: Bool)
        /// In place of the text above the button or menu. For anything else it is a message of its own.
        case update
    }

    /// What was found to say.
    public enum Answer: Equatable, Sendable {
        case message(MessageContent)
        /// For an option that is being typed, and for nothing else.
        case choices([InteractionResponse.Choice])
        /// For what needs a text first. It has to be ready at once: nothing can follow a deferral but a message.
        case form(InteractionForm)
        case nothing

        var content: MessageContent? {
            if case .message(let content) = self { content } else { nil }
        }
    }

    /// What happened.
    public enum Input: Equatable, Sendable {
        case begin
        case answer(Answer)
        /// Discord took the first answer.
        case acknowledged
        /// It did not, with its code if it gave one. `mayBeDone` where an attempt may have been carried out all the same.
        case notAcknowledged(code: Int?, mayBeDone: Bool)
        /// What came after the first answer was taken, or not, with Discord's code if it gave one.
        case delivered
        case notDelivered(code: Int?)
        case tick
    }

    /// What to do. All but `report` and `done` are reported back.
    public enum Action: Equatable, Sendable {
        /// Send the first answer; later than `until` it is worth nothing.
        case respond(InteractionResponse, until: Instant, isFinal: Bool)
        case editOriginal(MessageContent)
        case followUp(MessageContent, isEphemeral: Bool)
        case deleteOriginal
        case sendInChannel(MessageContent)
        case report(Notice)
        /// The last action.
        case done(Outcome)
    }

    public enum Notice: Equatable, Sendable {
        /// Discord had the first answer so long after the receipt.
        case acknowledged(after: Duration)
    }

    /// How it ended.
    public enum Outcome: Equatable, Sendable {
        case answered
        case answeredInChannel
        case lost(Loss)
    }

    /// Why nobody saw the answer.
    public enum Loss: Equatable, Sendable {
        case tooLate
        /// Refused by Discord with this code; nil where it did not answer.
        case refused(code: Int?)
        /// The same interaction is being answered already.
        case repeated
        /// So many were open that this one was not begun.
        case crowded
    }
}
