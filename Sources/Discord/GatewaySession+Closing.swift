internal import Timing

/// How connections end, and what follows.
extension GatewaySession {
    /// Ends the connection ourselves, because of what the notice says, and comes back.
    mutating func close(_ notice: Notice, at now: Instant) -> [Action] {
        let (actions, delay) = afterLoss(.resume)
        return beginClosing(.reconnect(delay), report: [.report(notice)] + actions, at: now)
    }

    /// Invalid Session. Discord's clients wait a random 1 to 5 s so that they do not return all at once; what does not even
    /// get a session waits for the backoff as well, because each identify costs part of the day's budget.
    mutating func sessionInvalidated(isResumable: Bool, at now: Instant) -> [Action] {
        let wait = jitter.duration(from: .seconds(1), to: .seconds(5))
        let wasIdentifying = phase == .identifying
        let actions = isResumable ? countFailedResume() : dropSession()
        return beginClosing(
            .reconnect(.atLeast(wait, backoff: wasIdentifying)),
            report: [.report(.sessionInvalidated(isResumable: isResumable))] + actions, at: now)
    }

    private mutating func beginClosing(_ afterwards: Afterwards, report: [Action], at now: Instant) -> [Action] {
        let before = leaveConnection()
        state = .closing(afterwards, until: now.advanced(by: patience.close))
        return before + report + [.close(code: Self.keepingCode)]
    }

    /// The peer closed, or the connection broke.
    mutating func closed(_ code: UInt16?, at now: Instant) -> [Action] {
        switch state {
        case .idle, .awaitingAddress, .backingOff, .stopped:
            return []
        case .dialing:
            return openingFailed(.connectFailed("closed during the handshake"), at: now)
        case .closing(.reconnect(let delay), _):
            guard case .stop(let reason) = CloseConsequence(code: code) else { return pause(delay, at: now) }
            return end(reason)
        case .closing(.stop(let reason), _):
            return end(reason)
        case .awaitingHello, .connected:
            return closedByPeer(code, at: now)
        }
    }

    private mutating func closedByPeer(_ code: UInt16?, at now: Instant) -> [Action] {
        var actions: [Action] = [.report(.closed(code: code, during: phase))]
        if let code, CloseConsequence.isOurFault(code) {
            actions.append(.report(.ownFault(code: code)))
        }
        actions = leaveConnection() + actions
        let consequence = CloseConsequence(code: code)
        if case .stop(let reason) = consequence {
            return actions + end(reason)
        }
        if consequence == .reduceIntents, intents.isDisjoint(with: .privileged) {
            return actions + end(.disallowedIntents)
        }
        let (more, delay) = afterLoss(consequence)
        return actions + more + pause(delay, at: now)
    }

    /// What a loss does to the session, and how long to stay away. Called while `state` still says what was lost.
    private mutating func afterLoss(_ consequence: CloseConsequence) -> ([Action], Delay) {
        if case .awaitingHello(.resume, _) = state {
            avoidsResumeHost = true
        }
        switch consequence {
        case .resume:
            return (countFailedResume(), delayOfReturn())
        case .resumeOnce:
            return (isTryingToResume ? dropSession() : [], delayOfReturn())
        case .resumeLater:
            return (countFailedResume(), .backoff)
        case .identify, .stop:
            return (dropSession(), .backoff)
        case .reduceIntents:
            return (dropSession() + reduceIntents(), .backoff)
        }
    }

    private var isTryingToResume: Bool {
        guard session != nil else { return false }
        switch state {
        case .awaitingHello, .connected(.resuming, _): return true
        default: return false
        }
    }

    /// Counts a connection that was to resume and did not. Some sessions can never be resumed, and only giving up ends that.
    private mutating func countFailedResume() -> [Action] {
        guard isTryingToResume else { return [] }
        failedResumes += 1
        return failedResumes >= Self.resumesBeforeIdentify ? dropSession() : []
    }

    /// A ready session is resumed at once, because Discord keeps it for minutes only; but only once until a connection has
    /// been stable again, or connecting and dropping would become a loop without a pause.
    private mutating func delayOfReturn() -> Delay {
        guard mayReturnAtOnce, session != nil, case .connected(.ready, _) = state else { return .backoff }
        mayReturnAtOnce = false
        return .none
    }

    /// Settles what belongs to the connection alone.
    private mutating func leaveConnection() -> [Action] {
        malformedInARow = 0
        presenceDue = nil
        sendWindow = Self.freshSendWindow
        let permit: [Action] = phase == .awaitingIdentifyPermit ? [.withdrawIdentifyPermit] : []
        return permit + flush()
    }

    mutating func proceed(_ afterwards: Afterwards, at now: Instant) -> [Action] {
        switch afterwards {
        case .reconnect(let delay): pause(delay, at: now)
        case .stop(let reason): end(reason)
        }
    }

    /// Stays away for a while, then connects.
    mutating func pause(_ delay: Delay, at now: Instant) -> [Action] {
        guard case .atLeast(let least, let backsOff) = delay else { return connect(at: now) }
        let wait = backsOff ? max(least, backoff.next(&jitter)) : least
        state = .backingOff(until: now.advanced(by: wait))
        return [.report(.backingOff(wait))]
    }

    mutating func stop(keepSession: Bool, at now: Instant) -> [Action] {
        let code = keepSession && session != nil ? Self.keepingCode : Self.endingCode
        switch state {
        case .stopped:
            return []
        case .idle, .awaitingAddress, .backingOff:
            return settleSession(keepSession) + end(.requested)
        case .dialing:
            return [.abort] + settleSession(keepSession) + end(.requested)
        case .closing(_, let until):
            state = .closing(.stop(.requested), until: until)
            return settleSession(keepSession)
        case .awaitingHello, .connected:
            let settled = settleSession(keepSession)
            let actions = leaveConnection() + settled
            state = .closing(.stop(.requested), until: now.advanced(by: patience.close))
            return actions + [.close(code: code)]
        }
    }

    private mutating func settleSession(_ keep: Bool) -> [Action] {
        keep ? save() : dropSession()
    }

    /// Ends for good. A session that Discord ended by a fatal code is worth nothing to a later process.
    mutating func end(_ reason: StopReason) -> [Action] {
        let actions = reason == .requested ? [] : dropSession()
        state = .stopped
        return actions + [.stopped(reason)]
    }
}
