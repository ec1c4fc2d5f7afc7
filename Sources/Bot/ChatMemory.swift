import Replies
import Status
import Synchronization
import Timing

/// The `RecentAnswers` of a process, shared by all who answer.
public final class ChatMemory: Sendable {
    private let answers = Mutex(RecentAnswers())
    private let triages = Mutex(Triages())

    /// Dialogues that are not over, by person and service. Of too many the older half is forgotten; their buttons still go on.
    private struct Triages {
        static let most = 4_096
        var triages: [Key: Triage] = [:]

        struct Key: Hashable {
            var person: String
            var service: ServiceID
        }

        mutating func forgetHalf() {
            let old = triages.sorted { $0.value.began.milliseconds < $1.value.began.milliseconds }.prefix(Self.most / 2)
            for (key, _) in old { triages[key] = nil }
        }
    }

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

    /// What was asked about in a place lately, the latest first.
    func recent(in place: String) -> [ServiceID] {
        answers.withLock { $0.services(in: place) }
    }

    /// A service was answered about on request.
    func note(_ service: ServiceID, in place: String, at now: Instant) {
        _ = answers.withLock {
            $0.give(RecentAnswers.Topic(.status, about: [service]), states: [], in: place, at: now, isOwed: true)
        }
    }

    /// The dialogue that somebody has not finished.
    func triage(of person: String, _ service: ServiceID) -> Triage? {
        triages.withLock { $0.triages[Triages.Key(person: person, service: service)] }
    }

    /// Nil when it is over.
    func note(_ triage: Triage?, of person: String, _ service: ServiceID) {
        triages.withLock { all in
            let key = Triages.Key(person: person, service: service)
            if triage != nil, all.triages[key] == nil, all.triages.count >= Triages.most { all.forgetHalf() }
            all.triages[key] = triage
        }
    }
}
