import Replies
import Status
import Synchronization
import Timing

/// The `RecentAnswers` of a process, shared by all who answer.
public final class ChatMemory: Sendable {
    private let answers = Mutex(RecentAnswers())

    /// Remembers nothing yet.
    public init() {}

    /// The service that people in a place talk about.
    func subject(of place: String, at now: Instant) -> ServiceID? {
        answers.withLock { $0.subject(of: place, at: now) }
    }

    /// Whether an answer is to be given, which is then remembered.
    func gives(_ answer: Responder.Answer, states: [Verdict.State], at now: Instant) -> Bool {
        let topic = RecentAnswers.Topic(answer.wanted, about: answer.services)
        return answers.withLock { $0.give(topic, states: states, in: answer.place, at: now, isOwed: answer.isOwed) }
    }
}
