import Timing

/// Judges a journal again, line by line, as the board would have: the same evidence always gives the same verdicts.
///
/// Nothing is scheduled: the rounds are those of the journal. A failure counts when at least half of the canaries have answered no longer
/// before it than a round, because a journal's canaries come when they come. A journal without any canary is judged as if we had been
/// online all the time.
public struct Replay: Sendable {
    /// A change of verdict.
    public struct Change: Hashable, Sendable {
        public var at: Timestamp
        public var service: ServiceID
        public var verdict: Verdict
    }

    private struct Way: Hashable {
        var service: ServiceID
        var component: String
        var target: String
    }

    private struct Waiting {
        var observation: CheckEvidence.Observation
        var probe: ProbeSighting
    }

    /// So many failures wait for a canary; the oldest give way.
    static let mostWaiting = 1_024

    private let rhythm: Rhythm
    private let fusion: VerdictFusion
    private var connectivity: Connectivity
    private let hasCanaries: Bool
    private var evidence: [ServiceID: ServiceEvidence] = [:]
    private var checks: [Way: String] = [:]
    private var told: [ServiceID: Verdict] = [:]
    private var stirred: Set<ServiceID> = []
    private var waiting: [Waiting] = []
    /// When a verdict may change though nothing comes in: evidence grows old.
    private var nextLook: Instant?
    private var now = Instant.origin

    /// - Parameters:
    ///   - survey: of the whole journal.
    ///   - catalogue: what is known of services; those that it does not know are judged by what the journal shows of them.
    public init(_ survey: JournalSurvey, catalogue: [Service]) {
        let interval = survey.interval
        rhythm = Rhythm(interval: interval, staleAfter: interval * 3 + .seconds(30))
        fusion = VerdictFusion(staleAfter: rhythm.staleAfter, hearsayAfter: rhythm.hearsayAfter)
        let canaries = survey.canaryTargets
        hasCanaries = !canaries.isEmpty
        connectivity = Connectivity(canaries: canaries, freshness: rhythm.staleAfter, grace: interval / 2)
        for service in survey.described(by: catalogue) {
            evidence[service.id] = ServiceEvidence(of: service)
            for component in service.components {
                for check in component.checks {
                    for target in check.anyOf {
                        for name in [target.host, target.authority, target.description] {
                            let way = Way(service: service.id, component: component.id, target: name)
                            if checks[way] == nil || name != target.host { checks[way] = check.id }
                        }
                    }
                }
            }
        }
    }

    /// Takes the next entry. Time does not run backwards: an entry from before the last one counts as of the last one's time.
    public mutating func take(_ entry: JournalEntry) -> [Change] {
        now = max(now, entry.at.instant)
        var changes: [Change] = []
        changes += ageUntilNow()
        let before = connectivity.state
        note(entry)
        connectivity.advance(to: now)
        admit()
        if connectivity.state != before { stirred = Set(evidence.keys) }
        return changes + tell(stirred, at: now)
    }

    /// Lets evidence grow old where nothing came in. After a handful of rounds all of it is.
    private mutating func ageUntilNow() -> [Change] {
        var changes: [Change] = []
        for _ in 0..<6 {
            guard let look = nextLook, look <= now else { break }
            connectivity.advance(to: look)
            changes += tell(Set(evidence.keys), at: look)
        }
        return changes
    }

    private mutating func note(_ entry: JournalEntry) {
        switch entry.evidence {
        case .canary(let target, let isOK): connectivity.record(JournalSurvey.target(target), ok: isOK, at: now)
        case .probe(let probe): note(probe)
        case .feed(let service, let source, let word): hear(service) { $0.hear(word, fromFeed: source, at: $1) }
        case .page(let service, let source, let word): hear(service) { $0.hear(word, fromPage: source, at: $1) }
        case .report(let service, let who, let place, let says):
            let voice = PersonalVoice(who: who, place: place, says: says)
            hear(service) { $0.hear(voice, at: $1, hour: entry.at.hourOfWeek) }
        }
    }

    private mutating func hear(_ service: ServiceID, _ word: (inout ServiceEvidence, Instant) -> Bool) {
        guard let known = evidence[service] else { return }
        if word(&evidence[service, default: known], now) { stirred.insert(service) }
    }

    private var isOnline: Bool { connectivity.state == .online || !hasCanaries }

    private mutating func note(_ probe: ProbeSighting) {
        guard isOnline else { return }
        let result = ProbeResult(
            target: JournalSurvey.target(probe.target), outcome: probe.outcome, phase: probe.phase,
            total: .milliseconds(probe.milliseconds))
        let observation = CheckEvidence.Observation(result: result, at: now)
        guard probe.outcome == .failed, hasCanaries else { return count(observation, probe) }
        waiting.append(Waiting(observation: observation, probe: probe))
        if waiting.count > Self.mostWaiting { waiting.removeFirst() }
    }

    private mutating func count(_ observation: CheckEvidence.Observation, _ probe: ProbeSighting) {
        let way = Way(service: probe.service, component: probe.component, target: probe.target)
        guard let check = checks[way], let known = evidence[probe.service] else { return }
        let hasChanged = evidence[probe.service, default: known].record(
            observation, component: probe.component, check: check, from: probe.vantage, rhythm)
        if hasChanged { stirred.insert(probe.service) }
    }

    /// Counts the failures for which the canaries have vouched, and drops them all when we turn out not to be online.
    private mutating func admit() {
        guard !waiting.isEmpty else { return }
        guard isOnline else {
            waiting = []
            return
        }
        guard let vouched = connectivity.vouched?.advanced(by: rhythm.interval) else { return }
        let due = waiting.prefix { $0.observation.at <= vouched }
        waiting.removeFirst(due.count)
        for one in due { count(one.observation, one.probe) }
    }

    private mutating func tell(_ services: Set<ServiceID>, at moment: Instant) -> [Change] {
        defer { stirred = [] }
        guard !services.isEmpty else { return [] }
        nextLook = moment.advanced(by: rhythm.interval)
        return services.sorted().compactMap { service in
            guard let known = evidence[service] else { return nil }
            let state = hasCanaries ? connectivity.state : .online
            let verdict = fusion.verdict(of: known, while: state, .confirmed, at: moment)
            let before = told[service]
            guard verdict.state != before?.state ?? .unknown || (before != nil && verdict.scope != before?.scope) else {
                return nil
            }
            told[service] = verdict
            return Change(at: Timestamp(milliseconds: Int64(moment.sinceOrigin.milliseconds)), service: service, verdict: verdict)
        }
    }
}

extension Replay.Change {
    /// The change as a line of JSON, see README.
    public var line: String {
        var object = JSONObjectText()
        object.add("at", at.description)
        object.add("service", service.rawValue)
        object.add("verdict", verdict.state.rawValue)
        object.add("scope", verdict.scope.rawValue)
        object.add("confidence", verdict.confidence, digits: 3)
        object.add("because", verdict.because.map(\.plainText))
        object.add("against", verdict.against.map(\.plainText))
        return object.text
    }
}
