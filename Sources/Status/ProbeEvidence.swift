/// The results of our own probes of one service from one place, component by component.
public struct ProbeEvidence: Hashable, Sendable {
    /// In the catalogue's order.
    public private(set) var components: [ComponentEvidence]

    /// Nothing was looked at yet.
    public init(_ components: [Component]) {
        self.components = components.map { ComponentEvidence(component: $0) }
    }

    /// Takes over a catalogue; checks that did not change keep their results.
    mutating func adopt(_ new: [Component]) {
        let old = self
        components = new.map { component in
            guard let before = old.components.first(where: { $0.component.id == component.id }) else {
                return ComponentEvidence(component: component)
            }
            let same = component.checks.filter { before.component.checks.contains($0) }.map(\.id)
            return ComponentEvidence(component: component, checks: before.checks.filter { same.contains($0.key) })
        }
    }

    /// The results of one check; none for one that is not there.
    subscript(component: String, check: String) -> CheckEvidence {
        components.first { $0.component.id == component }?.checks[check] ?? CheckEvidence()
    }

    /// Adds a result of a check.
    ///
    /// One check that fails needs more failures before it is believed than many that fail together: when all that is asked from here, or
    /// all of a component, failed in two rounds, that is enough (at 1 % of lost probes, two checks do that by chance once in centuries).
    ///
    /// - Returns: whether what is believed may have changed.
    mutating func record(_ observation: CheckEvidence.Observation, component: String, check: String, _ rhythm: Rhythm) -> Bool {
        guard let place = components.firstIndex(where: { $0.component.id == component }) else { return false }
        let before = components[place].checks[check]
        components[place].checks[check, default: CheckEvidence()].record(observation, gap: rhythm.staleAfter, round: rhythm.round)
        if observation.result.outcome == .failed {
            concur(components.indices.filter { components[$0].component.weight > 0 }, at: observation, rhythm)
            concur([place], at: observation, rhythm)
        }
        let after = components[place].checks[check]
        return before?.settledCondition != after?.settledCondition || before?.isFailing != after?.isFailing
            || before?.isSilent != after?.isSilent
    }

    private mutating func concur(_ places: [Int], at observation: CheckEvidence.Observation, _ rhythm: Rhythm) {
        let fresh = places.flatMap { place in
            components[place].fresh(at: observation.at, staleAfter: rhythm.staleAfter).map { (place, $0.id, $0.evidence) }
        }
        guard fresh.count > 1, fresh.allSatisfy({ $0.2.failedTwice(round: rhythm.round) }) else { return }
        for (place, check, _) in fresh { components[place].checks[check]?.fallSilent() }
    }
}
