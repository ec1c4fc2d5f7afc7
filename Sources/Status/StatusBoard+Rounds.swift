import Timing

/// When what is probed.
extension StatusBoard {
    /// How many checks there are, how many are under way, and how late rounds begin.
    public var rounds: (checks: Int, inFlight: Int, lateness: Lateness) {
        (checks.rows.count, checks.times.inFlight, checks.times.lateness)
    }

    mutating func orderCanaries(at now: Instant) -> [Action] {
        connectivity.canaries.compactMap { target in
            guard canaries[target]?.isDue(at: now) == true else { return nil }
            canaries[target]?.start(at: now)
            return .probeCanary(target)
        }
    }

    mutating func orderChecks(at now: Instant) -> [Action] {
        guard connectivity.state == .online else { return [] }
        let room = max(0, settings.limit - checks.times.inFlight)
        return checks.times.start(at: now, room: room).map { place in
            let row = checks.rows[place]
            stirred.insert(row.id.service)
            return .probe(service: row.id.service, component: row.id.component, check: row.check)
        }
    }

    /// Ends the rounds that never came back. A lost probe says nothing about its service; a lost canary counts as a failed one.
    mutating func giveUpLost(at now: Instant) {
        let patience = settings.patience
        for place in checks.times.lost(at: now, patience: patience) { finishRound(of: place, at: now) }
        for target in connectivity.canaries where canaries[target]?.isLost(at: now, patience: patience) == true {
            noteCanary(target, ok: false, at: now)
        }
    }

    mutating func finishRound(of place: Int, at now: Instant) {
        let row = checks.rows[place]
        stirred.insert(row.id.service)
        let isUnsettled = row.isUnsettled(after: counted(row.id))
        let next = spread(isUnsettled ? settings.confirmation : settings.interval, from: now)
        checks.times.finish(place, next: next, isAwaited: isUnsettled)
    }

    /// Renews what is older than `freshEnough`. Rounds in flight or due already serve everyone who asks.
    mutating func hurry(_ service: ServiceID, at now: Instant) {
        for place in checks.places(of: service) {
            if let last = checks.rows[place].lastResult, last.duration(to: now) <= settings.freshEnough { continue }
            checks.times.hurry(place, at: now, pause: settings.freshEnough)
        }
    }

    mutating func nextDeadline(after now: Instant) -> Instant? {
        let mayProbe = connectivity.state == .online && checks.times.inFlight < settings.limit
        let patience = settings.patience
        let ofChecks = checks.times.deadline(patience: patience, mayStart: mayProbe)
        let ofCanaries = canaries.values.compactMap { $0.deadline(patience: patience, mayStart: true) }
        let ofGrace = connectivity.deadline.flatMap { $0 > now ? $0 : nil }
        return [ofChecks, ofCanaries.min(), ofGrace].compactMap(\.self).min()
    }

    mutating func nextCanaryRound(at now: Instant) -> Instant {
        let isOnline = connectivity.state == .online
        return spread(isOnline ? settings.canaryInterval : min(settings.canaryInterval, settings.unsureInterval), from: now)
    }

    private mutating func spread(_ interval: Duration, from now: Instant) -> Instant {
        let spread = Settings.spread
        return now.advanced(by: jitter.duration(from: interval * (1 - spread), to: interval * (1 + spread)))
    }
}
