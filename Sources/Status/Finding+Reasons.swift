extension [Finding] {
    /// What speaks for a state and against it, the heaviest component first. That nothing is known of a part matters only where
    /// nothing else does.
    func reasons(for state: Verdict.State) -> (because: [Reason], against: [Reason]) {
        var seen: Set<Reason> = []
        let all = sorted { $0.component.weight > $1.component.weight }.flatMap(\.reasons)
            .filter { seen.insert($0).inserted && $0 != .noEvidence && (state == .unknown || $0 != .stale) }
        let because = all.filter { $0.speaks(for: state) }
        let against = all.filter { !$0.speaks(for: state) }
        return state == .unknown && because.isEmpty ? ([.noEvidence], against) : (because, against)
    }
}

extension Finding {
    /// The component's condition in words, then what is not sure about it.
    fileprivate var reasons: [Reason] {
        let changes = checks.filter(\.flaps.isFlapping).map(\.flaps.changes).max()
        return (changes.map { [.unstable(component: component.id, changes: $0)] } ?? []) + reasonsOfCondition
    }

    private var reasonsOfCondition: [Reason] {
        let id = component.id
        switch condition {
        case .unknown:
            return [checks.isEmpty ? (isStale ? .stale : .noEvidence) : .unconfirmed(component: id)]
        case .answers: return [.answers(component: id, milliseconds: milliseconds)] + hidden + doubt
        case .slow: return [.slow(component: id, milliseconds: milliseconds)] + hidden + doubt
        case .refuses: return [.blocked(component: id)] + doubt
        case .recovering: return [.recovering(component: id)]
        case .partlySilent(let check): return [.partlySilent(component: id, check: check)]
        case .silent: return [silence]
        }
    }

    /// What those who can choose between two families do not notice.
    private var hidden: [Reason] {
        let dead = checks.compactMap(\.deadFamily).first
        return dead.map { [.familySilent(component: component.id, family: $0)] } ?? []
    }

    /// A failure that is not confirmed.
    private var doubt: [Reason] {
        checks.contains { $0.isFailing && !$0.isSilent } ? [.unconfirmed(component: component.id)] : []
    }

    private var milliseconds: Int {
        checks.compactMap(\.medianMilliseconds).max() ?? 0
    }

    private var silence: Reason {
        let newestFailure = checks.flatMap(\.observations).filter { $0.result.outcome == .failed }.max { $0.at < $1.at }
        return .silent(
            component: component.id,
            phase: newestFailure?.result.phase ?? .connect,
            failed: checks.reduce(0) { $0 + $1.failures },
            of: checks.reduce(0) { $0 + $1.observations.count }
        )
    }
}

extension Reason {
    fileprivate func speaks(for state: Verdict.State) -> Bool {
        switch (self, state) {
        case (.answers, .up): true
        case (.silent, .down): true
        case (.silent, .partial), (.partlySilent, .partial), (.recovering, .partial), (.slow, .partial): true
        case (.unstable, .down), (.unstable, .partial), (.unstable, .degraded): true
        case (.silent, .degraded), (.slow, .degraded), (.recovering, .degraded): true
        case (.blocked, .unknown), (.stale, .unknown), (.unconfirmed, .unknown): true
        default: false
        }
    }
}
