public import Timing

/// The recent results of one component, check by check.
public struct ComponentEvidence: Hashable, Sendable {
    public var component: Component
    /// By the check's id; a check that was never looked at has no entry.
    public var checks: [String: CheckEvidence]

    public init(component: Component, checks: [String: CheckEvidence] = [:]) {
        self.component = component
        self.checks = checks
    }

    /// When the newest result came in.
    public var newest: Instant? {
        checks.values.compactMap(\.newest?.at).max()
    }

    /// The checks that have results no older than `age`, in the catalogue's order.
    func fresh(at now: Instant, staleAfter age: Duration) -> [(id: String, evidence: CheckEvidence)] {
        component.checks.compactMap { check in
            guard let evidence = checks[check.id], let newest = evidence.newest, newest.at.duration(to: now) <= age else {
                return nil
            }
            return (check.id, evidence)
        }
    }
}

/// What is believed of one component, from all its checks.
public enum ComponentCondition: Hashable, Sendable {
    case unknown
    case answers
    case slow
    /// It answers and refuses us.
    case refuses
    /// It was silent and has answered since, but not often enough yet.
    case recovering
    /// One way in is silent while another has just answered.
    case partlySilent(check: String)
    case silent

    /// Joins the conditions of a component's checks: one way in that answers keeps it from being silent.
    ///
    /// - Parameter checks: `isFailing` is a check whose newest result is a failure. Beside a way in that is silent it does not count as
    ///   open, even before its own silence is confirmed: nothing that was just looked at answers.
    init(joining checks: [(id: String, condition: CheckCondition, isFailing: Bool)]) {
        let known = checks.filter { $0.condition != .unknown }
        if let first = known.first(where: { $0.condition == .silent }) {
            let isOpen = known.contains { $0.condition != .silent && !$0.isFailing }
            self = isOpen ? .partlySilent(check: first.id) : .silent
        } else if known.contains(where: { $0.condition == .recovering }) {
            self = .recovering
        } else if known.contains(where: { $0.condition == .slow }) {
            self = .slow
        } else if known.contains(where: { $0.condition == .answers }) {
            self = .answers
        } else {
            self = known.isEmpty ? .unknown : .refuses
        }
    }
}
