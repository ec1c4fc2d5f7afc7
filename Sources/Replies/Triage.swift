public import Status

/// The dialogue that finds out where a fault lies and then goes down the steps: the state that a button carries.
///
///     asking ─ answered ≤ 5 ×─→ steps ─ not helped → steps … → support
///       │ it is the server, or    │ helped → which → fixed
///       │ the person at the       │ erases something: loss → agreed → (store) → how → helped, not helped
///       └ other end               └ declined → the steps after it
///
/// What is believed of the servers goes before everything: `TriageDesk.scene` looks at it anew each time, so an outage that begins in
/// the middle ends in waiting, and nothing that erases is offered then. The person's buttons hold all of the state; nothing is kept
/// for a dialogue, and it outlives a restart.
public struct Triage: Hashable, Sendable {
    /// So many questions and no more.
    public static let mostQuestions = 5
    /// Older than this, what was answered may not be true any more.
    public static let longest = Duration.seconds(24 * 3_600)

    /// What is being done.
    public enum Stage: Hashable, Sendable {
        case asking
        /// The steps after this one are shown; nil shows the first.
        case steps(after: FixStep.ID?)
        /// The loss was read and agreed to.
        case agreed(FixStep.ID)
        /// The store's listing was seen, too.
        case inStore(FixStep.ID)
        /// One of the steps after this one has helped.
        case which(after: FixStep.ID?)
        /// By a step, if they know which.
        case fixed(FixStep.ID?)
    }

    /// What a person answers or presses.
    public enum Input: Hashable, Sendable {
        /// See where we are; the first of all.
        case look
        /// Begin anew.
        case startOver
        /// Nil when they do not know.
        case answered(key: Character, answer: Int?)
        case uses(Platform)
        /// Steps are wanted although the fault seems to lie elsewhere.
        case anyway
        case helped
        case helpedBy(FixStep.ID?)
        case notHelped(FixStep.ID)
        case agreed(FixStep.ID)
        case declined(FixStep.ID)
        case inStore(FixStep.ID)
        case notInStore(FixStep.ID)
    }

    public let service: ServiceID
    public let symptom: Symptom
    public var platform: Platform?
    /// In the order in which they were given.
    public var answers: [Answered] = []
    public var stage = Stage.asking
    /// When it began.
    public var began: Timestamp

    /// An answer; nil for “I don't know”, which counts as a question asked.
    public struct Answered: Hashable, Sendable {
        public var key: Character
        public var answer: Int?

        public init(key: Character, answer: Int?) {
            self.key = key
            self.answer = answer
        }
    }

    public init(service: ServiceID, symptom: Symptom, platform: Platform? = nil, began: Timestamp) {
        self.service = service
        self.symptom = symptom
        self.platform = platform
        self.began = began
    }

    /// Whether what was answered may not be true any more.
    public func isExpired(at now: Timestamp) -> Bool {
        let age = now.milliseconds - began.milliseconds
        return age > Self.longest.components.seconds * 1_000 || age < -60_000
    }

    /// Takes in what a person pressed. What does not fit the stage changes nothing: a button may be pressed twice, or late.
    public mutating func handle(_ input: Input, at now: Timestamp) {
        switch input {
        case .look: break
        // The device too: it may have been the wrong one.
        case .startOver: self = Triage(service: service, symptom: symptom, began: now)
        case .answered(let key, let answer):
            guard stage == .asking, answers.count < Self.mostQuestions, !answers.contains(where: { $0.key == key }) else {
                return
            }
            answers.append(Answered(key: key, answer: answer))
        case .uses(let platform): self.platform = platform
        case .anyway: if stage == .asking { stage = .steps(after: nil) }
        case .helped:
            switch stage {
            case .asking: stage = .which(after: nil)
            case .steps(let after): stage = .which(after: after)
            case .agreed(let step), .inStore(let step): stage = .fixed(step)
            case .which, .fixed: break
            }
        case .helpedBy(let step): stage = .fixed(step)
        case .notHelped(let step), .declined(let step), .notInStore(let step): stage = .steps(after: step)
        case .agreed(let step): stage = .agreed(step)
        case .inStore(let step): stage = .inStore(step)
        }
    }
}
