internal import Timing

/// What a connection brings, and what falls due on it.
extension GatewaySession {
    mutating func received(_ payload: GatewayPayload, at now: Instant) -> [Action] {
        switch state {
        case .awaitingHello:
            malformedInARow = 0
            return receivedBeforeHello(payload, at: now)
        case .connected(let stage, let heart):
            malformedInARow = 0
            return received(payload, stage, heart, at: now)
        case .idle, .awaitingAddress, .dialing, .closing, .backingOff, .stopped:
            return []
        }
    }

    private mutating func receivedBeforeHello(_ payload: GatewayPayload, at now: Instant) -> [Action] {
        switch payload {
        case .hello(let interval): greeted(interval: interval, at: now)
        case .reconnect: close(.reconnectRequested, at: now)
        case .invalidSession(let isResumable): sessionInvalidated(isResumable: isResumable, at: now)
        case .dispatch, .heartbeatRequest, .heartbeatAcknowledged, .unknown: []
        }
    }

    private mutating func received(
        _ payload: GatewayPayload, _ stage: Stage, _ heart: Heart, at now: Instant
    ) -> [Action] {
        switch payload {
        case .dispatch(let sequence, let event): return dispatched(event, sequence, stage, heart, at: now)
        case .heartbeatRequest: return beatOnRequest(stage, heart, at: now)
        case .heartbeatAcknowledged: return acknowledged(stage, heart, at: now)
        case .reconnect: return close(.reconnectRequested, at: now)
        case .invalidSession(let isResumable): return sessionInvalidated(isResumable: isResumable, at: now)
        case .hello, .unknown: return []
        }
    }

    mutating func receivedMalformed(_ malformed: GatewayPayload.Malformed, at now: Instant) -> [Action] {
        switch state {
        case .awaitingHello, .connected: break
        case .idle, .awaitingAddress, .dialing, .closing, .backingOff, .stopped: return []
        }
        malformedInARow += 1
        guard malformedInARow >= Self.malformedBeforeClose else { return [.report(.malformed(malformed))] }
        return [.report(.malformed(malformed))] + close(.streamBroken, at: now)
    }

    private mutating func dispatched(
        _ event: GatewayEvent, _ sequence: Int?, _ stage: Stage, _ heart: Heart, at now: Instant
    ) -> [Action] {
        switch (stage, event) {
        case (.awaitingPermit, _):
            return []
        case (.identifying, .ready(let ready)):
            let record = SessionRecord(
                sessionID: ready.sessionID, resumeURL: ready.resumeURL, sequence: max(sequence ?? 0, 0), shard: shard,
                intents: intents, botID: ready.botID)
            return adopt(record) + becameReady(heart, .ready, event, at: now)
        case (.identifying, .undecodable("READY")):
            return close(.eventUndecodable("READY"), at: now)
        case (.identifying, _):
            return []
        case (.resuming, .resumed):
            let gap = advance(to: sequence, event, at: now)
            return gap + (session.map { adopt($0) } ?? []) + becameReady(heart, .resumed, event, at: now)
        case (.resuming, _):
            state = .connected(.resuming(until: now.advanced(by: patience.ready)), heart)
            return advance(to: sequence, event, at: now) + deliver(event)
        case (.ready, _):
            return advance(to: sequence, event, at: now) + deliver(event)
        }
    }

    private func deliver(_ event: GatewayEvent) -> [Action] {
        switch event {
        case .undecodable(let name): [.report(.eventUndecodable(name))]
        // A second READY or RESUMED means nothing to a session that stands.
        case .ready, .resumed, .other: []
        case .messageCreated, .interactionCreated, .guildCreated: [.dispatch(event)]
        }
    }

    private mutating func becameReady(_ heart: Heart, _ notice: Notice, _ event: GatewayEvent, at now: Instant) -> [Action] {
        state = .connected(.ready(stableAt: now.advanced(by: Self.stableTime)), heart)
        return [.report(notice), .dispatch(event)] + updatePresence(at: now)
    }

    mutating func show(_ presence: Presence, at now: Instant) -> [Action] {
        self.presence = presence
        return updatePresence(at: now)
    }

    /// Shows the wanted presence, now or when the window allows; of several wanted in between only the last is shown.
    private mutating func updatePresence(at now: Instant) -> [Action] {
        presenceDue = nil
        guard case .connected(.ready, _) = state, let presence, presence != shownPresence else { return [] }
        guard presenceWindow.hasRoom(at: now) else {
            presenceDue = presenceWindow.nextFree
            return []
        }
        guard sendWindow.take(at: now, leaving: Self.heartbeatReserve) else {
            presenceDue = sendWindow.nextFree
            return []
        }
        _ = presenceWindow.take(at: now)
        shownPresence = presence
        return [.send(.presence(presence), urgent: false)]
    }

    /// What fell due on a connection. A stage that took too long ends it, so nothing else matters then.
    mutating func tick(_ stage: Stage, _ heart: Heart, at now: Instant) -> [Action] {
        var actions: [Action] = []
        if let deadline = stage.deadline, deadline <= now {
            switch stage {
            case .awaitingPermit:
                state = .connected(.awaitingPermit(askAgain: now.advanced(by: Self.permitTimeout)), heart)
                actions.append(.requestIdentifyPermit)
            case .identifying: return close(.readyTimedOut, at: now)
            case .resuming: return close(.resumedTimedOut, at: now)
            case .ready:
                state = .connected(.ready(stableAt: nil), heart)
                backoff.reset()
                mayReturnAtOnce = true
                brokenStreams = 0
            }
        }
        if heart.nextBeat <= now {
            guard heart.isAcknowledged else { return actions + close(.heartbeatMissed, at: now) }
            actions += beat(at: now)
        }
        if let due = saveDue, due <= now {
            actions += flush()
        }
        if let due = presenceDue, due <= now {
            actions += updatePresence(at: now)
        }
        return actions
    }
}
