/// What is believed of one component that counts, and the results behind it.
struct Finding {
    /// A service is in `partial` outage from this loss on; below, it is `degraded`.
    static let partialLoss = 0.25

    var component: Component
    var condition: ComponentCondition
    /// Those with fresh results.
    var checks: [CheckEvidence]
    /// There are results, and all of them are too old.
    var isStale: Bool

    var isPartlySilent: Bool {
        if case .partlySilent = condition { true } else { false }
    }

    /// Whether one of its ways in goes up and down.
    var isUnstable: Bool { checks.contains(where: \.flaps.isFlapping) }

    /// Whether it tells how the component serves people: no result does not, and a refusal does not either.
    var isKnown: Bool {
        condition != .unknown && condition != .refuses
    }

    /// How much of the service is gone with it.
    var loss: Double {
        switch condition {
        case .silent: component.weight
        case .partlySilent, .recovering: component.weight / 2
        case .unknown, .answers, .slow, .refuses: 0
        }
    }
}

extension [Finding] {
    /// Everything that carries the service is silent: its heart, or so many parts that their weights add up to one.
    var isDown: Bool {
        guard !isEmpty else { return false }
        let silent = filter { $0.condition == .silent }
        return silent.count == count || silent.reduce(0) { $0 + $1.loss } >= 1
    }

    /// The state of the service. It is unknown while less than half of what counts (by weight) is known.
    var state: Verdict.State {
        let weight = reduce(0) { $0 + $1.component.weight }
        let known = filter(\.isKnown).reduce(0) { $0 + $1.component.weight }
        if weight == 0 || known * 2 < weight { return .unknown }
        if isDown { return .down }
        let loss = reduce(0) { $0 + $1.loss }
        if contains(where: \.isPartlySilent) { return .partial }
        if contains(where: { $0.condition == .silent }) { return loss >= Finding.partialLoss ? .partial : .degraded }
        // What answers now and will not in a minute is not up.
        if contains(where: { $0.condition == .slow || $0.condition == .recovering || $0.isUnstable }) { return .degraded }
        return .up
    }
}
