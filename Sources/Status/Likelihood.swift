/// How probable each kind of result is while a component works, is troubled, or is gone.
///
/// |         | works | troubled | gone |
/// |---------|-------|----------|------|
/// | ok      | 0.90  | 0.40     | 0.02 |
/// | slow    | 0.05  | 0.35     | 0.02 |
/// | blocked | 0.03  | 0.03     | 0.02 |
/// | failed  | 0.02  | 0.22     | 0.94 |
///
/// Each column adds up to 1. They are starting values by judgement, to be calibrated against journals: a probe of a healthy host is
/// lost about once in fifty, and a gone one still has some answer one time in twenty (a proxy's page, a cache).
enum Likelihood {
    static func works(_ outcome: ProbeResult.Outcome) -> Double {
        switch outcome {
        case .ok: 0.90
        case .slow: 0.05
        case .blocked: 0.03
        case .failed: 0.02
        }
    }

    static func troubled(_ outcome: ProbeResult.Outcome) -> Double {
        switch outcome {
        case .ok: 0.40
        case .slow: 0.35
        case .blocked: 0.03
        case .failed: 0.22
        }
    }

    static func gone(_ outcome: ProbeResult.Outcome) -> Double {
        outcome == .failed ? 0.94 : 0.02
    }

    /// What a provider's word adds: it comes late or never in most outages, and hardly ever without one.
    ///
    /// |             | works | troubled | gone |
    /// |-------------|-------|----------|------|
    /// | none        | 0.970 | 0.60     | 0.50 |
    /// | minor       | 0.015 | 0.20     | 0.10 |
    /// | major       | 0.007 | 0.12     | 0.20 |
    /// | critical    | 0.003 | 0.05     | 0.17 |
    /// | maintenance | 0.005 | 0.03     | 0.03 |
    ///
    /// By judgement, after the delays that a study of 25 outages found (median 16 minutes; most were never admitted).
    static func official(_ word: OfficialWord) -> (gone: LogOdds, troubled: LogOdds) {
        let (works, troubled, gone): (Double, Double, Double) =
            switch word {
            case .none: (0.970, 0.60, 0.50)
            case .minor: (0.015, 0.20, 0.10)
            case .major: (0.007, 0.12, 0.20)
            case .critical: (0.003, 0.05, 0.17)
            case .maintenance: (0.005, 0.03, 0.03)
            case .unknown: (1, 1, 1)
            }
        return (LogOdds(ifSo: gone, ifNot: works), LogOdds(ifSo: troubled, ifNot: works))
    }

    /// Probes from one place share its path, so each older result says only this much of what the one after it says.
    static let carryOver = 0.6
}
