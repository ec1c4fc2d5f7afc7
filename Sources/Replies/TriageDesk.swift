public import Status

/// What a dialogue knows beside itself, and what follows from both.
public struct TriageDesk: Sendable {
    /// From this likelihood on a cause is taken for the one.
    static let sure = 0.75
    /// A question that tells less, in bits, is not worth somebody's time.
    static let worthwhile = 0.04

    /// What is to be seen.
    public enum Scene: Hashable, Sendable {
        case question(TriageQuestion, asked: Int)
        /// Which device it is; the steps differ.
        case device([Platform])
        /// The fault is not theirs to mend; `.server` or `.recipient`.
        case found(Cause)
        /// Up to three steps; with the cause when they are the first.
        case steps(FixLadder.Page, because: Finding?)
        /// A step that erases something, before it is shown.
        case loss(FixStep)
        /// Whether the store still has the app, before it is removed.
        case store(FixStep)
        case how(FixStep)
        case which([FixStep])
        case fixed(FixStep?)
        /// The servers are at fault: wait.
        case waiting
        /// No step is left.
        case support
        /// The app does not exist for what they use.
        case elsewhere(Platform)
    }

    /// What the answers point at.
    public enum Finding: Hashable, Sendable {
        case cause(Cause)
        case unclear
    }

    private let catalog: ResponseCatalog
    private let verdict: Verdict
    private let reach: FixLadder.Reach

    public init(catalog: ResponseCatalog, verdict: Verdict) {
        self.catalog = catalog
        self.verdict = verdict
        reach = FixLadder.Reach(verdict)
    }

    /// Whether the servers themselves may be at fault.
    public var isUnsure: Bool { reach != .everything }

    public func scene(of triage: Triage) -> Scene {
        if case .fixed(let id) = triage.stage { return .fixed(id.flatMap { catalog.steps[$0] }) }
        guard reach != .nothing else { return .waiting }
        if let platform = triage.platform, !catalog.platforms(of: triage.service).contains(platform) {
            return .elsewhere(platform)
        }
        switch triage.stage {
        case .asking: return inquiry(triage)
        case .steps(let after): return steps(triage, after: after)
        case .which(let after):
            let steps = ladder(triage).page(after: after).steps
            return steps.count == 1 ? .fixed(steps[0]) : .which(steps)
        case .agreed(let id): return consented(triage, id, hasSeenStore: false)
        case .inStore(let id): return consented(triage, id, hasSeenStore: true)
        case .fixed: return .support
        }
    }

    /// How likely each cause is by the verdict, the symptom and the answers.
    public func suspicion(_ triage: Triage) -> Suspicion {
        let server =
            switch reach {
            case .everything: 0.05
            case .keepingChats: 0.25
            case .harmless, .nothing: 0.5
            }
        let prior = Suspicion(server: server, local: catalog.causes(of: triage.symptom))
        return triage.answers.reduce(prior) { suspicion, given in
            guard let question = catalog.questions.first(where: { $0.key == given.key }), let index = given.answer,
                question.answers.indices.contains(index)
            else { return suspicion }
            return suspicion.sharpened(by: question.answers[index])
        }
    }

    private func finding(_ triage: Triage) -> Finding {
        let (cause, share) = suspicion(triage).leading
        return share >= 0.5 ? .cause(cause) : .unclear
    }

    private func inquiry(_ triage: Triage) -> Scene {
        let devices = Platform.allCases.filter { catalog.platforms(of: triage.service).contains($0) }
        let needsDevice = triage.platform == nil && devices.count > 1
        // The question for the device is one of them.
        let left = Triage.mostQuestions - triage.answers.count - (needsDevice ? 1 : 0)
        let suspicion = suspicion(triage)
        if left > 0, suspicion.leading.share < Self.sure, let next = best(triage, suspicion) {
            return .question(next, asked: triage.answers.count)
        }
        if case .cause(let cause) = finding(triage), cause == .server || cause == .recipient { return .found(cause) }
        return needsDevice ? .device(devices) : steps(triage, after: nil)
    }

    /// The question that is expected to tell the most.
    private func best(_ triage: Triage, _ suspicion: Suspicion) -> TriageQuestion? {
        let asked = Set(triage.answers.map(\.key))
        let available = catalog.platforms(of: triage.service)
        let candidates = catalog.questions.filter { question in
            guard question.symptoms.contains(triage.symptom), !asked.contains(question.key) else { return false }
            if question.asksForMark, !catalog.hasMarks(triage.service) { return false }
            let devices = triage.platform.map { [$0] } ?? available
            return question.platforms.isEmpty || !question.platforms.isDisjoint(with: devices)
        }
        let best = candidates.map { ($0, suspicion.gain(of: $0)) }.max { $0.1 < $1.1 }
        return best.flatMap { $0.1 >= Self.worthwhile ? $0.0 : nil }
    }

    private func steps(_ triage: Triage, after shown: FixStep.ID?) -> Scene {
        let page = ladder(triage).page(after: shown)
        guard let first = page.steps.first else { return .support }
        if first.isDestructive { return .loss(first) }
        return .steps(page, because: shown == nil ? finding(triage) : nil)
    }

    /// A step that erases something, after it was agreed to. Where it must not be done any more, what comes next.
    private func consented(_ triage: Triage, _ id: FixStep.ID, hasSeenStore: Bool) -> Scene {
        guard let step = catalog.steps[id], reach.allows(step) else { return steps(triage, after: id) }
        let mayBeAndroid = (triage.platform.map { [$0] } ?? catalog.platforms(of: triage.service)).contains(.android)
        return step.needsStore && mayBeAndroid && !hasSeenStore && step.exists(onAnyOf: [.android]) ? .store(step) : .how(step)
    }

    /// The steps against the symptom: what helps against the cause first, then what else costs nothing, and what erases last, and only
    /// where the app or the device may be at fault.
    func ladder(_ triage: Triage) -> FixLadder {
        let order = catalog.order(for: triage.symptom)
        let finding = finding(triage)
        let harmless = order.filter { !$0.isDestructive }
        let destructive = order.filter(\.isDestructive)
        let platforms = triage.platform.map { [$0] } ?? catalog.platforms(of: triage.service)
        guard case .cause(let cause) = finding else {
            return FixLadder(harmless + destructive, verdict: verdict, platforms: platforms)
        }
        let first = harmless.filter { $0.helps.contains(cause) }
        let others = harmless.filter { !$0.helps.contains(cause) }
        let last = cause == .app || cause == .device ? destructive : []
        return FixLadder(first + others + last, verdict: verdict, platforms: platforms)
    }
}
