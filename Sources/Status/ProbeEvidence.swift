import Timing

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
    /// And where all others have just fallen silent, the last one needs two failures of three, whatever stray answer lies between.
    ///
    /// What goes together comes back together: a check waits for those whose second answer is still due in this round, so that the end of an
    /// outage is no sequence of partial ones.
    ///
    /// - Returns: whether what is believed may have changed.
    mutating func record(_ observation: CheckEvidence.Observation, component: String, check: String, _ rhythm: Rhythm) -> Bool {
        guard let place = components.firstIndex(where: { $0.component.id == component }) else { return false }
        let before = components[place].checks[check]
        components[place].checks[check, default: CheckEvidence()].record(observation, gap: rhythm.staleAfter, waits: true)
        var hasChanged = concur(at: observation.at, rhythm)
        if comeBack(at: observation.at, rhythm) { hasChanged = true }
        let wasFlapping = before?.flaps.isFlapping ?? false
        components[place].checks[check]?.noteCondition()
        let after = components[place].checks[check]
        // What was too old to count has counted for nothing until now.
        let wasStale = before?.newest.map { $0.at.duration(to: observation.at) > rhythm.staleAfter } ?? true
        return hasChanged || wasStale || after?.deadFamily != before?.deadFamily
            || components[place].checks[check]?.flaps.isFlapping != wasFlapping
            || before?.settledCondition != after?.settledCondition
            || before?.failuresInARow != after?.failuresInARow
    }

    /// A check with fresh results, and where it stands.
    private struct Fresh {
        var place: Int
        var check: String
        var evidence: CheckEvidence
    }

    private func fresh(at now: Instant, _ rhythm: Rhythm) -> [Fresh] {
        components.indices.flatMap { place in
            components[place].fresh(at: now, staleAfter: rhythm.staleAfter).map {
                Fresh(place: place, check: $0.id, evidence: $0.evidence)
            }
        }
    }

    private mutating func concur(at now: Instant, _ rhythm: Rhythm) -> Bool {
        guard hasFailure else { return false }
        let all = fresh(at: now, rhythm)
        let counted = all.filter { components[$0.place].component.weight > 0 }
        if failTogether(counted, rhythm) { return silence(counted) }
        // What also fails elsewhere may be about to fail twice: then it is all of it.
        let isOpen = counted.contains {
            $0.evidence.isFailing && !$0.evidence.isSilent && !$0.evidence.failedTwice(round: rhythm.round)
        }
        guard !isOpen else { return false }
        return components.indices.reduce(false) { hasChanged, place in
            let own = all.filter { $0.place == place }
            return failTogether(own, rhythm) && silence(own) || hasChanged
        }
    }

    private func failTogether(_ checks: [Fresh], _ rhythm: Rhythm) -> Bool {
        guard checks.count > 1, checks.contains(where: { !$0.evidence.isSilent }) else { return false }
        if checks.allSatisfy({ $0.evidence.failedTwice(round: rhythm.round) }) { return true }
        let speaking = checks.filter { !$0.evidence.isSilent }
        return checks.count > 2 && speaking.count == 1 && speaking.allSatisfy(\.evidence.failedTwiceOfThree)
            && checks.allSatisfy { !$0.evidence.isSilent || $0.evidence.hasAnswer }
    }

    private mutating func silence(_ checks: [Fresh]) -> Bool {
        for one in checks { components[one.place].checks[one.check]?.fallSilent() }
        return true
    }

    private mutating func comeBack(at now: Instant, _ rhythm: Rhythm) -> Bool {
        guard hasSilence else { return false }
        let silent = fresh(at: now, rhythm).filter(\.evidence.isSilent)
        let ready = silent.filter { $0.evidence.hasAnsweredEnough(round: rhythm.round) }
        let isOneDue = silent.contains { !$0.evidence.isFailing && !$0.evidence.hasAnsweredEnough(round: rhythm.round) }
        guard !ready.isEmpty, !isOneDue else { return false }
        for one in ready { components[one.place].checks[one.check]?.comeBack() }
        return true
    }

    private var hasFailure: Bool { components.contains { $0.checks.values.contains { $0.failures > 0 } } }
    private var hasSilence: Bool { components.contains { $0.checks.values.contains(where: \.isSilent) } }
}
