public import Timing

/// Answers one interaction in time: the answer itself when it is ready soon, else "thinking…" first and the answer later.
///
///     composing ─ answer ─────────────→ answering ─ done ──────────────────────────────→ over
///        │ 1.5 s                           │ may have been done, or was (40060)
///        └→ deferring ─ done → deferred ─ answer → delivering ─ delivered ──────────────→ over
///              │ 10062                               │ 15 min, 50027
///              └───────→ missed ─ answer ────────────┴→ speaking in the channel ────────→ over
///
/// Discord waits three seconds for the first answer, from when it has sent the interaction; measured is from its receipt, on the
/// monotonic clock, because a wall clock that is a second off would make valid interactions look late (Discord.Net#2010).
public struct InteractionExchange: Equatable, Sendable {
    /// "Thinking…" goes out by itself then, so that a second try has time left.
    static let patience = Duration.milliseconds(1_500)
    /// What Discord waits for the first answer.
    static let firstAnswer = Duration.seconds(3)
    /// How long its token lives, less what an edit may take.
    static let tokenLife = Duration.seconds(895)
    /// Nobody waits for an answer any more.
    static let longest = Duration.seconds(1_800)

    enum State: Equatable {
        case composing
        /// The first answer is on its way.
        case answering(Answer)
        /// The deferral is on its way; with the answer, once it is ready.
        case deferring(Answer?)
        case deferred
        case delivering(Answer)
        /// Too late for Discord: the answer goes into the channel.
        case missed
        case speaking
        case over
    }

    let kind: Interaction.Kind
    let manner: Manner
    let receivedAt: Instant
    let isReplay: Bool
    let maySpeak: Bool
    var state = State.composing
    private(set) var isStale = false

    /// An exchange that `begin` starts.
    ///
    /// - Parameters:
    ///   - receivedAt: when the interaction came in, as early as it could be measured.
    ///   - isReplay: it came again, or late, after a resumed session: most likely it is over, so it is tried once.
    ///   - maySpeak: an answer that comes too late may be said in the channel. One for a single person never is, nor what changes a message.
    public init(
        _ kind: Interaction.Kind, manner: Manner, receivedAt: Instant, isReplay: Bool = false, maySpeak: Bool = false
    ) {
        self.kind = kind
        self.manner = manner
        self.receivedAt = receivedAt
        self.isReplay = isReplay
        // What changes a message in place may be for one person too, and leaves the message as it was when it comes too late.
        self.maySpeak = maySpeak && manner == .message(isEphemeral: false)
    }

    /// Takes in what happened and returns what to do about it, in order.
    public mutating func handle(_ input: Input, at now: Instant) -> [Action] {
        switch (input, state) {
        case (_, .over): []
        case (.begin, .composing): begin(at: now)
        case (.answer(let answer), _): take(answer, at: now)
        case (.acknowledged, _): acknowledged(at: now)
        case (.notAcknowledged(let code, let mayBeDone), _): notAcknowledged(code, mayBeDone: mayBeDone, at: now)
        case (.delivered, .delivering): finish(.answered)
        case (.delivered, .speaking): finish(.answeredInChannel)
        case (.notDelivered(let code), .delivering(let answer)): notDelivered(answer, code)
        case (.notDelivered(let code), .speaking): finish(.lost(.refused(code: code)))
        case (.tick, _): tick(at: now)
        default: []
        }
    }

    /// When `tick` is wanted; nil while an answer of Discord's is awaited, and when all is over.
    public var deadline: Instant? {
        switch state {
        case .composing: receivedAt.advanced(by: kind == .completion ? Self.firstAnswer : Self.patience)
        case .deferred, .missed: receivedAt.advanced(by: Self.longest)
        case .answering, .deferring, .delivering, .speaking, .over: nil
        }
    }

    private mutating func begin(at now: Instant) -> [Action] {
        isStale = isReplay || receivedAt.duration(to: now) >= Self.firstAnswer
        guard kind != .completion else { return tick(at: now) }
        return isStale ? postpone(at: now) : tick(at: now)
    }

    private mutating func tick(at now: Instant) -> [Action] {
        guard let deadline, deadline <= now else { return [] }
        guard state == .composing, kind != .completion else { return finish(.lost(.tooLate)) }
        return postpone(at: now)
    }

    private mutating func take(_ answer: Answer, at now: Instant) -> [Action] {
        switch state {
        case .composing where answer == .nothing:
            guard kind != .completion else { return finish(.answered) }
            let actions = postpone(at: now)
            state = .deferring(answer)
            return actions
        case .composing:
            state = .answering(answer)
            return [respond(response(answer), at: now)]
        case .deferring(nil):
            state = .deferring(answer)
            return []
        case .deferred: return deliver(answer, at: now)
        case .missed: return speak(answer)
        case .answering, .deferring, .delivering, .speaking, .over: return []
        }
    }

    private mutating func postpone(at now: Instant) -> [Action] {
        state = .deferring(nil)
        return [respond(deferral, at: now)]
    }

    mutating func finish(_ outcome: Outcome) -> [Action] {
        state = .over
        return [.done(outcome)]
    }

    private func respond(_ response: InteractionResponse, at now: Instant) -> Action {
        let until = isStale ? now.advanced(by: Self.firstAnswer) : receivedAt.advanced(by: Self.firstAnswer)
        return .respond(response, until: until, isFinal: isStale)
    }

    private var deferral: InteractionResponse {
        guard kind != .component else { return .deferredUpdate }
        return .deferred(isEphemeral: manner == .message(isEphemeral: true))
    }

    private func response(_ answer: Answer) -> InteractionResponse {
        switch (answer, manner) {
        case (.message(let content), .update) where kind == .component: .update(content)
        case (.message(let content), _): .message(content, isEphemeral: manner == .message(isEphemeral: true))
        case (.choices(let choices), _): .choices(choices)
        case (.form(let form), _): .form(form)
        case (.nothing, _): deferral
        }
    }
}
