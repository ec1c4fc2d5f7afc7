/// All testimonies about a service, combined.
struct Belief {
    /// How likely a service is gone, or in some trouble, before anything is known of it: outages are rare.
    private static let rarelyGone = LogOdds(probability: 0.02)
    private static let rarelyTroubled = LogOdds(probability: 0.05)
    /// How sure one source alone can make us. An answer proves more than a silence, which may lie on the way.
    private static let soleCeiling = (up: 0.95, trouble: 0.89)
    /// How sure of “up” we can be without a look of our own: a green page is weak evidence.
    private static let hearsayCeiling = 0.7
    /// From here on a source counts as saying so itself (odds of nearly three to one).
    private static let saysSo = LogOdds(1)

    private let testimonies: [Testimony]
    private let gone: LogOdds
    private let troubled: LogOdds

    /// - Parameters:
    ///   - isDown: the damped state. A confirmed outage is as likely to go on as to be over, whatever the long-term odds are.
    ///   - isTroubled: the same for any trouble.
    init(_ testimonies: [Testimony], isDown: Bool, isTroubled: Bool) {
        self.testimonies = testimonies
        gone = testimonies.reduce(isDown ? .zero : Belief.rarelyGone) { $0 + $1.gone.limited(to: $1.source.limit) }
        troubled = testimonies.reduce(isTroubled ? .zero : Belief.rarelyTroubled) {
            $0 + $1.troubled.limited(to: $1.source.limit)
        }
    }

    /// How sure we are of `state`, 0 ... 1; nobody is sure of `unknown`.
    func confidence(in state: Verdict.State) -> Double {
        let isShared = isShared(by: state)
        switch state {
        case .up:
            let ceiling = hasLooked ? isShared ? 1 : Belief.soleCeiling.up : Belief.hearsayCeiling
            return min((-gone).probability, (-troubled).probability, ceiling)
        case .down:
            return min(gone.probability, isShared ? 1 : Belief.soleCeiling.trouble)
        case .partial, .degraded, .maintenance:
            return min(troubled.probability, isShared ? 1 : Belief.soleCeiling.trouble)
        case .unknown:
            return 0
        }
    }

    /// Whether a probe of ours was answered.
    private var hasLooked: Bool {
        testimonies.contains { testimony in
            guard case .probes = testimony.source else { return false }
            return testimony.gone < -Belief.saysSo
        }
    }

    /// Whether two independent sources say `state`.
    func isShared(by state: Verdict.State) -> Bool {
        let supporters = testimonies.filter { testimony in
            switch state {
            case .up: testimony.gone < -Belief.saysSo
            case .down: testimony.gone > Belief.saysSo
            case .partial, .degraded, .maintenance: testimony.troubled > Belief.saysSo
            case .unknown: false
            }
        }
        return Set(supporters.map(\.source)).count > 1
    }
}
