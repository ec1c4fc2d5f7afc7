import Timing

/// What came of the probes.
extension StatusBoard {
    mutating func note(_ result: ProbeResult, of id: CheckID, at now: Instant) {
        guard let place = checks.place(of: id) else { return }
        checks.rows[place].lastResult = now
        var result = result
        // A family that the canaries do not reach either is ours to mend.
        if let family = result.deadFamily, !connectivity.vouches(for: family, at: now) { result.families = [:] }
        if connectivity.state == .online { weigh(CheckEvidence.Observation(result: result, at: now), of: place, at: now) }
        finishRound(of: place, at: now)
    }

    private mutating func weigh(_ observation: CheckEvidence.Observation, of place: Int, at now: Instant) {
        if observation.result.outcome != .failed, checks.rows[place].waiting.isEmpty {
            count(observation, of: checks.rows[place].id)
        } else {
            checks.rows[place].wait(with: observation)
            unvouched.insert(checks.rows[place].id)
            hurryCanaries(at: now)
        }
    }

    mutating func noteCanary(_ target: Target, ok: Bool, _ families: [ProbeResult.Family: Bool] = [:], at now: Instant) {
        guard canaries[target] != nil else { return }
        connectivity.record(target, ok: ok, families, at: now)
        let next = nextCanaryRound(at: now)
        canaries[target]?.finish(next: next)
    }

    /// From here on it counts.
    private mutating func count(_ observation: CheckEvidence.Observation, of id: CheckID) {
        _ = evidence[id.service]?.record(
            observation, component: id.component, check: id.check, from: settings.vantage, settings.rhythm)
    }

    /// The results of a check that count.
    func counted(_ id: CheckID) -> CheckEvidence {
        evidence[id.service]?.probes[settings.vantage]?[id.component, id.check] ?? CheckEvidence()
    }

    private mutating func hurryCanaries(at now: Instant) {
        for target in connectivity.canaries {
            canaries[target]?.hurry(at: now, pause: settings.canaryPause)
        }
    }

    /// Counts the waiting results that the canaries have vouched for; drops them all when it turns out that we are not online.
    mutating func admitVouched() {
        let isOnline = connectivity.state == .online
        let vouched = connectivity.vouched
        for id in unvouched {
            guard let place = checks.place(of: id) else { continue }
            if isOnline {
                for observation in checks.rows[place].admit(upTo: vouched) { count(observation, of: id) }
            } else {
                checks.rows[place].waiting = []
            }
            stirred.insert(id.service)
        }
        unvouched = unvouched.filter { id in checks.place(of: id).map { !checks.rows[$0].waiting.isEmpty } ?? false }
    }

}
