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

    /// A probe's result older than this no longer counts.
    public var staleAfter: Duration
    /// What feeds and pages said longer ago no longer counts.
    public var hearsayAfter: Duration

    public init(staleAfter: Duration, hearsayAfter: Duration = .seconds(3_600)) {
        self.staleAfter = staleAfter
        self.hearsayAfter = hearsayAfter
    }

    /// What the evidence says.
    ///
    /// - Parameter connectivity: whether we are online; unless we are, the verdict is `unknown`.
    public func verdict(
        of evidence: ServiceEvidence, while connectivity: Connectivity.State, _ view: View = .latest, at now: Instant
    ) -> Verdict {
        let others = OtherEvidence(of: evidence, at: now, staleAfter: hearsayAfter)
        let trust = others.official.flatMap { evidence.trust[$0.source] } ?? SourceTrust()
        let places = evidence.probes.sorted { $0.key < $1.key }.map { ($0.key, $0.value.components) }
        return verdict(
            from: places.isEmpty ? [("", ProbeEvidence(evidence.service.components).components)] : places, others,
            others.testimonies(trust: trust), observed: evidence.newest, while: connectivity, view, at: now)
    }

    /// The same from what each place found, and what others say.
    func verdict(
        from places: [(name: String, components: [ComponentEvidence])], _ others: OtherEvidence, _ testimonies: [Testimony],
        observed: Instant?, while connectivity: Connectivity.State, _ view: View, at now: Instant
    ) -> Verdict {
        if let reason = whyBlind(connectivity, hasEvidence: observed != nil) {
            return Verdict(state: .unknown, scope: .unclear, confidence: 0, observed: observed, because: [reason])
        }
        let views = PlaceViews(
            places.map { place in
                PlaceView(place.components.filter { $0.component.weight > 0 }.map { finding(for: $0, view, at: now) })
            })
        let state = others.joined(to: views.state, isFailing: views.isFailing)
        let own = places.map { Testimony(of: $0.components, from: $0.name, at: now, staleAfter: staleAfter) }
        let belief = Belief(own + testimonies, isDown: state == .down, isTroubled: state != .up)
        let (because, against) = reasons(for: state, views, others)
        return Verdict(
            state: state,
            scope: scope(of: state, views, others, belief),
            confidence: belief.confidence(in: state),
            observed: observed,
            because: because,
            against: against
        )
    }

    private func reasons(for state: Verdict.State, _ views: PlaceViews, _ others: OtherEvidence) -> (
        because: [Reason], against: [Reason]
    ) {
        var (because, against) = views.telling.findings.reasons(for: state)
        let said = others.reasons
        switch state {
        case .up:
            because += said.calm
            against += said.trouble
        case .down, .partial, .degraded, .maintenance:
            because += said.trouble
            against += said.calm
        case .unknown:
            against += said.trouble + said.calm
        }
        if views.known.count > 1, views.failing > 0 {
            let reason = Reason.places(failing: views.failing, of: views.known.count)
            if state == .up { against.append(reason) } else { because.append(reason) }
        }
        if because.count > 1 { because.removeAll { $0 == .noEvidence } }
        return (because, against)
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

    private func scope(of state: Verdict.State, _ views: PlaceViews, _ others: OtherEvidence, _ belief: Belief) -> Verdict.Scope {
        switch state {
        case .down, .up: return belief.isShared(by: state) ? .everyone : .unclear
        case .partial:
            if views.disagree { return .region }
            return views.telling.findings.contains(where: \.isPartlySilent) || others.official?.word.isTrouble == true
                ? .some : .unclear
        case .degraded: return others.people.isOverwhelming ? .some : .unclear
        case .maintenance: return others.official?.word == .maintenance ? .everyone : .unclear
        case .unknown: return .unclear
        }
    }
}

extension CheckEvidence {
    /// The condition as it looks now: an answer after an outage shows at once.
    fileprivate var latestCondition: CheckCondition {
        isSilent && newest?.result.outcome != .failed ? .recovering : settledCondition
    }
}
