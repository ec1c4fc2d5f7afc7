import Timing

/// What one independent source says about a service, in log-odds.
public struct Testimony: Hashable, Sendable {
    /// Where it comes from. Evidence of one source shares its blind spots, so what it adds is limited.
    public enum Source: Hashable, Sendable {
        /// Our own probes from one place; each place is a source of its own.
        case probes(vantage: String)
        /// The provider's official feed.
        case feed
        /// Third-party status pages.
        case page
        /// What people report.
        case report

        /// The most that a source can add or take: none outvotes two others.
        var limit: LogOdds {
            switch self {
            case .probes: LogOdds(6)
            case .feed, .report: LogOdds(4)
            case .page: LogOdds(3)
            }
        }
    }

    public var source: Source
    /// That the service is gone; negative speaks against it.
    public var gone: LogOdds
    /// That something about the service is wrong; negative speaks against it.
    public var troubled: LogOdds

    public init(source: Source, gone: LogOdds, troubled: LogOdds) {
        self.source = source
        self.gone = gone
        self.troubled = troubled
    }
}

extension Testimony {
    /// What the probes from `vantage` say: the components in proportion to their weights, the newest results most.
    init(of components: [ComponentEvidence], from vantage: String, at now: Instant, staleAfter age: Duration) {
        var gone = LogOdds.zero
        var troubled: LogOdds?
        for evidence in components where evidence.component.weight > 0 {
            let checks = evidence.fresh(at: now, staleAfter: age).map(\.evidence)
            // A component is gone only with all its ways in, and troubled with any of them.
            gone += (checks.map(\.gone).min() ?? .zero) * evidence.component.weight
            troubled = [troubled, checks.map(\.troubled).max()].compactMap(\.self).max()
        }
        self.init(source: .probes(vantage: vantage), gone: gone, troubled: troubled ?? .zero)
    }
}

extension CheckEvidence {
    fileprivate var gone: LogOdds { weighed(Likelihood.gone) }
    fileprivate var troubled: LogOdds { weighed(Likelihood.troubled) }

    private func weighed(_ likelihood: (ProbeResult.Outcome) -> Double) -> LogOdds {
        var factor = 1.0
        var sum = LogOdds.zero
        for outcome in observations.reversed().map(\.result.outcome) {
            sum += LogOdds(ifSo: likelihood(outcome), ifNot: Likelihood.works(outcome)) * factor
            factor *= Likelihood.carryOver
        }
        return sum
    }
}
