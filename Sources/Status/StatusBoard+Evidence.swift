import Timing

/// What came of the probes.
extension StatusBoard {
    mutating func note(_ result: ProbeResult, of id: CheckID, at now: Instant) {
        guard let place = checks.place(of: id) else { return }
        checks.rows[place].lastResult = now
        if connectivity.state == .online { weigh(CheckEvidence.Observation(result: result, at: now), of: place, at: now) }
        finishRound(of: place, at: now)
    }

    private mutating func weigh(_ observation: CheckEvidence.Observation, of place: Int, at now: Instant) {
        if observation.result.outcome != .failed, checks.rows[place].waiting.isEmpty {
            checks.rows[place].evidence.record(observation, gap: settings.staleAfter)
        } else {
            checks.rows[place].wait(with: observation)
            unvouched.insert(checks.rows[place].id)
            hurryCanaries(at: now)
        }
    }

    mutating func noteCanary(_ target: Target, ok: Bool, at now: Instant) {
        guard canaries[target] != nil else { return }
        connectivity.record(target, ok: ok, at: now)
        let next = nextCanaryRound(at: now)
        canaries[target]?.finish(next: next)
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
                checks.rows[place].admit(upTo: vouched, gap: settings.staleAfter)
            } else {
                checks.rows[place].waiting = []
            }
            stirred.insert(id.service)
        }
        unvouched = unvouched.filter { id in checks.place(of: id).map { !checks.rows[$0].waiting.isEmpty } ?? false }
    }

    func evidence(of service: ServiceID) -> [ComponentEvidence] {
        services[service]?.components.map { component in
            let pairs = component.checks.compactMap { check in
                checks.place(of: CheckID(service: service, component: component.id, check: check.id))
                    .map { (check.id, checks.rows[$0].evidence) }
            }
            return ComponentEvidence(component: component, checks: Dictionary(pairs) { first, _ in first })
        } ?? []
    }
}
