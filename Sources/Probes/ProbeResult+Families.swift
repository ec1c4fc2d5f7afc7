import Status

extension ProbeResult {
    /// Joins what came of the two families of one name. A family of which the name has no address is not there at all, and leaves no trace.
    init(joining four: ProbeResult, _ six: ProbeResult) {
        let legs: [(family: Family, result: ProbeResult)] = [(.v4, four), (.v6, six)]
        let dialled = legs.filter { $0.result.phase != .dns || $0.result.outcome != .failed }
        self = dialled.map(\.result).reduce(dialled.first?.result ?? four) { $0.isBetter(than: $1) ? $0 : $1 }
        // One that was cancelled, or could not be tried, says nothing of its family.
        guard dialled.count == legs.count, dialled.allSatisfy(\.result.isEvidence) else { return }
        for leg in legs { families[leg.family] = Leg(leg.result) }
    }

    /// Whether it got further; of two good ones, whether it was quicker.
    private func isBetter(than other: ProbeResult) -> Bool {
        let (own, others) = (progress, other.progress)
        return own == others ? total <= other.total : own > others
    }
}
