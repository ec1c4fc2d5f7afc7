extension OtherEvidence {
    /// What is believed when others are heard beside our own probes.
    ///
    /// Our probes decide whether a service is down, as far as there are any: what others say makes them believed sooner, and adds troubles
    /// that a probe does not see. Announced work turns a failure into maintenance.
    ///
    /// - Parameters:
    ///   - own: what our probes have confirmed.
    ///   - isFailing: whether all that we asked just now failed, confirmed or not.
    func joined(to own: Verdict.State, isFailing: Bool) -> Verdict.State {
        if official?.word == .maintenance, own != .up || isFailing { return .maintenance }
        switch own {
        case .down, .maintenance: return own
        case .unknown: return isFailing ? (familiesForDown > 0 ? .down : .unknown) : alone
        case .up, .degraded, .partial:
            if isFailing, familiesForDown > 0 { return .down }
            return own.gravity < beside.gravity ? beside : own
        }
    }

    /// What others make of a service that answers our probes.
    private var beside: Verdict.State {
        switch official?.word {
        case .critical, .major: .partial
        case .minor: .degraded
        case .none?, .maintenance, .unknown, nil:
            !isAftermath && (people.isOverwhelming || (pagesSayDown && people.isSignificant)) ? .degraded : .up
        }
    }

    /// What others make of a service that we do not probe.
    private var alone: Verdict.State {
        switch official?.word {
        case .critical: .down
        case .major: .partial
        case .minor: .degraded
        case .none? where familiesForDown > 0: .degraded
        case .none?: .up
        case .maintenance, .unknown, nil:
            if pagesSayDown {
                people.isSignificant ? .down : .degraded
            } else if people.isSignificant {
                .degraded
            } else {
                pagesSayUp ? .up : .unknown
            }
        }
    }
}
