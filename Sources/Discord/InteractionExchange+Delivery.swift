internal import Timing

/// What follows the first answer, or its failure.
extension InteractionExchange {
    mutating func acknowledged(at now: Instant) -> [Action] {
        let report = Action.report(.acknowledged(after: receivedAt.duration(to: now)))
        switch state {
        case .answering: return [report] + finish(.answered)
        case .deferring(let answer): return [report] + proceed(with: answer, at: now)
        default: return []
        }
    }

    /// The interaction has its first answer: now the real one, as soon as it is there.
    private mutating func proceed(with answer: Answer?, at now: Instant) -> [Action] {
        state = .deferred
        return answer.map { deliver($0, at: now) } ?? []
    }

    mutating func notAcknowledged(_ code: Int?, mayBeDone: Bool, at now: Instant) -> [Action] {
        let wasDone = code == ErrorCode.alreadyAcknowledged || mayBeDone
        let isTooLate = code == nil || code == ErrorCode.unknownInteraction
        switch state {
        case .answering(let answer) where wasDone:
            return answer.content.map { edit($0, answer) } ?? finish(.answered)
        case .answering(let answer) where isTooLate: return speak(answer)
        case .deferring(let answer) where wasDone: return proceed(with: answer, at: now)
        case .deferring(let answer) where isTooLate:
            guard maySpeak, !isStale else { return finish(.lost(.tooLate)) }
            state = .missed
            return answer.map { speak($0) } ?? []
        case .answering, .deferring: return finish(.lost(.refused(code: code)))
        default: return []
        }
    }

    mutating func deliver(_ answer: Answer, at now: Instant) -> [Action] {
        guard let content = answer.content else { return takeBack(answer) }
        guard now < receivedAt.advanced(by: Self.tokenLife) else { return speak(answer) }
        guard kind == .component, case .message(let isEphemeral) = manner else { return edit(content, answer) }
        state = .delivering(answer)
        return [.followUp(content, isEphemeral: isEphemeral)]
    }

    private mutating func edit(_ content: MessageContent, _ answer: Answer) -> [Action] {
        state = .delivering(answer)
        return [.editOriginal(content)]
    }

    /// There is nothing to say: a "thinking…" must not stay.
    private mutating func takeBack(_ answer: Answer) -> [Action] {
        guard kind != .component else { return finish(.answered) }
        state = .delivering(answer)
        return [.deleteOriginal]
    }

    mutating func notDelivered(_ answer: Answer, _ code: Int?) -> [Action] {
        guard let code, ErrorCode.isGone(code) else { return finish(.lost(.refused(code: code))) }
        return speak(answer)
    }

    mutating func speak(_ answer: Answer) -> [Action] {
        guard maySpeak, let content = answer.content else { return finish(.lost(.tooLate)) }
        state = .speaking
        return [.sendInChannel(content)]
    }
}
