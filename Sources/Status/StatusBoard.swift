public import Timing

/// All services: what is probed when, what came of it, and what is believed.
///
/// Each check and each canary has a `Slot`: waiting until it is due → in flight → waiting again, at the latest after
/// `Settings.patience`. Checks are probed only while we are online; the canaries always are.
///
/// A result counts once the canaries have answered after it (`Connectivity.vouched`); only an answer with no unvouched result before it
/// counts at once. When they fail instead, the waiting results are dropped: it was our network, and the gap stays a gap.
public struct StatusBoard: Sendable {
    /// What happened.
    public enum Input: Hashable, Sendable {
        case probed(service: ServiceID, component: String, check: String, result: ProbeResult)
        /// A canary has answered or not, over these families of addresses, where it has both.
        case canaryAnswered(target: Target, ok: Bool, families: [ProbeResult.Family: Bool] = [:])
        /// The provider's own feed says something.
        case officialSaid(service: ServiceID, source: String, word: OfficialWord)
        /// A third-party page says something.
        case pageSaid(service: ServiceID, source: String, word: PageWord)
        /// A person says something, at an hour of the week, 0 ... 167. Two of them have the service looked at again.
        case personSaid(service: ServiceID, voice: PersonalVoice, hour: Int)
        /// Somebody wants to know: old evidence is renewed ahead of its time.
        case asked(service: ServiceID)
        /// The services to watch from now on. Evidence of checks that did not change is kept.
        case catalogueChanged([Service])
        /// The deadline has come.
        case tick
    }

    /// What to do.
    public enum Action: Hashable, Sendable {
        case probe(service: ServiceID, component: String, check: Check)
        case probeCanary(Target)
        /// The confirmed verdict has another state than before, or has become or ceased to be unstable; `unknown` is a state like the others.
        case verdictChanged(service: ServiceID, from: Verdict, to: Verdict)
    }

    public let settings: Settings
    /// Whether we are online.
    public internal(set) var connectivity: Connectivity
    /// When `.tick` is wanted; nil for never.
    public private(set) var deadline: Instant?

    /// What is known of each service.
    var evidence: [ServiceID: ServiceEvidence] = [:]
    var checks = CheckTable()
    var canaries: [Target: Slot]
    private var told: [ServiceID: Verdict] = [:]
    /// The checks that have results for which the canaries have not vouched.
    var unvouched: Set<CheckID> = []
    /// The services whose verdict may have changed during this step.
    var stirred: Set<ServiceID> = []
    var jitter: Jitter
    let fusion: VerdictFusion

    /// A board without services; it gives its first orders on its first input.
    ///
    /// - Parameters:
    ///   - canaries: without any, no verdict ever leaves `unknown`.
    public init(canaries: [Target], settings: Settings = Settings(), jitter: Jitter) {
        precondition(settings.interval > .zero && settings.canaryInterval > .zero, "a round needs a time between it and the next")
        precondition(settings.unsureInterval > .zero && settings.patience > .zero, "a confirmation and a probe need time")
        self.settings = settings
        self.jitter = jitter
        connectivity = Connectivity(canaries: canaries, freshness: settings.canaryFreshness, grace: settings.grace)
        self.canaries = [:]
        for target in canaries { self.canaries[target] = Slot(due: .origin) }
        fusion = VerdictFusion(staleAfter: settings.rhythm.staleAfter, hearsayAfter: settings.rhythm.hearsayAfter)
    }

    /// Takes what happened and returns what to do, in order.
    public mutating func handle(_ input: Input, at now: Instant) -> [Action] {
        let wasConnected = connectivity.state
        switch input {
        case .probed(let service, let component, let check, let result):
            note(result, of: CheckID(service: service, component: component, check: check), at: now)
        case .canaryAnswered(let target, let ok, let families):
            noteCanary(target, ok: ok, families, at: now)
        case .officialSaid(let service, let source, let word):
            hear(service) { $0.hear(word, fromFeed: source, at: now) }
        case .pageSaid(let service, let source, let word):
            hear(service) { $0.hear(word, fromPage: source, at: now) }
        case .personSaid(let service, let voice, let hour):
            hear(service) { $0.hear(voice, at: now, hour: hour) }
            if evidence[service]?.crowd.standing(at: now).wantsLook == true { hurry(service, at: now) }
        case .asked(let service):
            hurry(service, at: now)
        case .catalogueChanged(let services):
            adopt(services, at: now)
        case .tick:
            break
        }
        giveUpLost(at: now)
        connectivity.advance(to: now)
        admitVouched()
        if connectivity.state != wasConnected { stirred = Set(evidence.keys) }
        let actions = orderCanaries(at: now) + orderChecks(at: now) + tellChanges(at: now)
        deadline = nextDeadline(after: now)
        return actions
    }

    /// What is believed of a service now; `unknown` for one that is not watched.
    public func verdict(of service: ServiceID, at now: Instant) -> Verdict {
        verdict(of: service, .latest, at: now)
    }

    private func verdict(of service: ServiceID, _ view: VerdictFusion.View, at now: Instant) -> Verdict {
        guard let evidence = evidence[service] else {
            return Verdict(state: .unknown, scope: .unclear, confidence: 0, because: [.noEvidence])
        }
        var connectivity = connectivity
        connectivity.advance(to: now)
        return fusion.verdict(of: evidence, while: connectivity.state, view, at: now)
    }

    private mutating func hear(_ service: ServiceID, _ word: (inout ServiceEvidence) -> Bool) {
        guard let known = evidence[service] else { return }
        if word(&evidence[service, default: known]) { stirred.insert(service) }
    }

    private mutating func adopt(_ catalogue: [Service], at now: Instant) {
        let old = evidence
        evidence = [:]
        for service in catalogue {
            var kept = old[service.id] ?? ServiceEvidence(of: service)
            kept.adopt(service)
            evidence[service.id] = kept
        }
        told = told.filter { evidence[$0.key] != nil }
        checks.adopt(catalogue, at: now) { now.advanced(by: jitter.duration(to: settings.interval)) }
        stirred = Set(evidence.keys)
    }

    private mutating func tellChanges(at now: Instant) -> [Action] {
        defer { stirred = [] }
        return stirred.sorted().compactMap { service in
            let before = told[service] ?? Verdict(state: .unknown, scope: .unclear, confidence: 0, because: [.noEvidence])
            let after = verdict(of: service, .confirmed, at: now)
            told[service] = after
            guard after.state != before.state || after.isUnstable != before.isUnstable else { return nil }
            return .verdictChanged(service: service, from: before, to: after)
        }
    }
}
