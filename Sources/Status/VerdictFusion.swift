public import Timing

/// Turns evidence into a verdict.
///
/// The *state* comes from damped conditions (`CheckEvidence`), so that it does not flicker; the *confidence* comes from log-odds, so that
/// it follows every result. “Down” needs everything that carries the service to be silent; what we alone have seen keeps the scope
/// `unclear` and the confidence below 0.9, because one place cannot tell the service's fault from that of the way to it.
public struct VerdictFusion: Hashable, Sendable {
    /// Which conditions a verdict is made from.
    public enum View: Hashable, Sendable {
        /// As it looks now: what has just come back after an outage is `degraded`, not down and not yet up.
        case latest
        /// Confirmed conditions only: what changes of verdict are told by.
        case confirmed
    }

    /// The place from which we probe.
    public var vantage: String
    /// Evidence older than this no longer counts.
    public var staleAfter: Duration

    public init(vantage: String, staleAfter: Duration) {
        self.vantage = vantage
        self.staleAfter = staleAfter
    }

    /// What the evidence says.
    ///
    /// - Parameters:
    ///   - components: our probes' results, all components of the service.
    ///   - others: what independent sources say; they raise or lower the confidence, and agreement of two makes it “everyone”.
    ///   - connectivity: whether we are online; unless we are, the verdict is `unknown`.
    public func verdict(
        from components: [ComponentEvidence],
        hearing others: [Testimony] = [],
        while connectivity: Connectivity.State,
        _ view: View = .latest,
        at now: Instant
    ) -> Verdict {
        let observed = components.compactMap(\.newest).max()
        if let reason = whyBlind(connectivity, hasEvidence: observed != nil) {
            return Verdict(state: .unknown, scope: .unclear, confidence: 0, observed: observed, because: [reason])
        }
        let findings = components.filter { $0.component.weight > 0 }.map { finding(for: $0, view, at: now) }
        let state = findings.state
        let ownTestimony = Testimony(of: components, from: vantage, at: now, staleAfter: staleAfter)
        let belief = Belief(ownTestimony, others, isDown: findings.isDown, isTroubled: state != .up)
        let (because, against) = findings.reasons(for: state)
        return Verdict(
            state: state,
            scope: scope(of: state, findings, belief),
            confidence: belief.confidence(in: state),
            observed: observed,
            because: because,
            against: against
        )
    }

    /// What is believed of one component now.
    public func condition(of evidence: ComponentEvidence, _ view: View = .latest, at now: Instant) -> ComponentCondition {
        ComponentCondition(
            joining: evidence.fresh(at: now, staleAfter: staleAfter).map { id, evidence in
                (id, view == .latest ? evidence.latestCondition : evidence.settledCondition, evidence.isFailing)
            }
        )
    }

    private func finding(for evidence: ComponentEvidence, _ view: View, at now: Instant) -> Finding {
        let fresh = evidence.fresh(at: now, staleAfter: staleAfter).map(\.evidence)
        return Finding(
            component: evidence.component,
            condition: condition(of: evidence, view, at: now),
            checks: fresh,
            isStale: fresh.isEmpty && evidence.newest != nil
        )
    }

    private func whyBlind(_ connectivity: Connectivity.State, hasEvidence: Bool) -> Reason? {
        switch connectivity {
        case .online: nil
        case .blind(let failed, let count): .blind(failed: failed, of: count)
        case .undecided, .returning: hasEvidence ? .stale : .noEvidence
        }
    }

    private func scope(of state: Verdict.State, _ findings: [Finding], _ belief: Belief) -> Verdict.Scope {
        switch state {
        case .down, .up: belief.isShared(by: state) ? .everyone : .unclear
        case .partial: findings.contains(where: \.isPartlySilent) ? .some : .unclear
        case .degraded, .maintenance, .unknown: .unclear
        }
    }
}

extension CheckEvidence {
    /// The condition as it looks now: an answer after an outage shows at once.
    fileprivate var latestCondition: CheckCondition {
        isSilent && newest?.result.outcome != .failed ? .recovering : settledCondition
    }
}
