internal import Timing

extension GatewaySession {
    /// The scheduled beat. After a pause of the whole process the schedule starts anew instead of catching up.
    mutating func beat(at now: Instant) -> [Action] {
        guard case .connected(let stage, var heart) = state else { return [] }
        // Its place is reserved.
        _ = sendWindow.take(at: now)
        let next = heart.nextBeat.advanced(by: heart.interval)
        heart.nextBeat = next > now ? next : now.advanced(by: heart.interval)
        heart.lastBeat = now
        heart.isAcknowledged = false
        state = .connected(stage, heart)
        return [heartbeat]
    }

    /// A beat that Discord asked for: at once, and the schedule stays.
    mutating func beatOnRequest(_ stage: Stage, _ heart: Heart, at now: Instant) -> [Action] {
        guard sendWindow.take(at: now, leaving: Self.heartbeatReserve) else { return [.report(.heartbeatRequestIgnored)] }
        var heart = heart
        heart.lastBeat = now
        state = .connected(stage, heart)
        return [heartbeat]
    }

    mutating func acknowledged(_ stage: Stage, _ heart: Heart, at now: Instant) -> [Action] {
        guard let lastBeat = heart.lastBeat else { return [] }
        var heart = heart
        heart.lastBeat = nil
        heart.isAcknowledged = true
        state = .connected(stage, heart)
        return [.report(.heartbeatAcknowledged(after: lastBeat.duration(to: now)))]
    }

    private var heartbeat: Action {
        .send(.heartbeat(sequence: session?.sequence), urgent: true)
    }
}
