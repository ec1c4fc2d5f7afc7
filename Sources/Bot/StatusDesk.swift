import Clocks
public import Logging
public import Probes
public import Status
public import Timing

/// What we believe of every service, kept fresh: the owner of the board.
///
/// Answers come from the board at once; the look that a question causes happens behind it.
public actor StatusDesk {
    private var board: StatusBoard
    private let monitor: Monitor
    private let clock = MonotonicClock()
    private let log: Logger
    private let journal: JournalFile?
    /// Looks at pages that strangers name, with connections of its own.
    private let adHoc: AdHocProber?
    private var quota = AdHocQuota()
    private var alarm: Alarm?
    /// Probes under way; ended with the desk.
    private var probes: [Int: Task<Void, Never>] = [:]
    private var lastProbe = 0
    /// What each service has been like since this process watches it.
    private var histories: [ServiceID: History] = [:]
    /// The open incident of each, and how it came to be.
    private var incidents: [ServiceID: IncidentLine] = [:]
    /// How many words of feeds nobody knew, so far.
    private var unknownWords = 0
    /// Who waits for a settled verdict.
    private var curious: [Int: Curious] = [:]
    private var lastCurious = 0

    /// That something else is believed of a service.
    struct Change: Sendable {
        let service: ServiceID
        let before: Verdict
        let after: Verdict
    }

    /// What changes. Whoever does not keep up gets the latest.
    nonisolated let changes: AsyncStream<Change>
    private let change: AsyncStream<Change>.Continuation
    private static let changesKept = 1_024

    private struct Curious {
        let service: ServiceID
        /// Waits for a look at it later than this; nil waits for the evidence to settle.
        var since: Instant?
        var continuation: CheckedContinuation<Void, Never>?
    }

    /// A desk over an empty board; `watch` gives it work.
    ///
    /// - Parameters:
    ///   - journal: where the evidence is recorded.
    ///   - adHoc: looks at pages that strangers name; nil looks at none.
    public init(board: StatusBoard, monitor: Monitor, log: Logger, journal: JournalFile? = nil, adHoc: AdHocProber? = nil) {
        self.board = board
        self.adHoc = adHoc
        self.journal = journal
        self.monitor = monitor
        self.log = log
        (changes, change) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.changesKept))
    }

    /// Watches these services from now on, instead of those before.
    public func watch(_ services: [Service]) {
        if alarm == nil {
            alarm = Alarm { [weak self] in await self?.step(.tick) }
        }
        let ids = Set(services.map(\.id))
        histories = histories.filter { ids.contains($0.key) }
        incidents = incidents.filter { ids.contains($0.key) }
        for id in ids where histories[id] == nil { histories[id] = History(since: .now) }
        step(.catalogueChanged(services))
    }

    /// Stops looking, and returns when no probe is under way any more. What is believed stays, and grows old.
    ///
    /// A process that ended in the middle of a handshake would take OpenSSL's tables from under it.
    public func stop() async {
        alarm?.turnOff()
        alarm = nil
        let ending = probes.values
        probes = [:]
        for probe in ending { probe.cancel() }
        await monitor.shutdown()
        await adHoc?.shutdown()
        for probe in ending { await probe.value }
    }

    /// What is believed of a service at this moment; somebody asking has it looked at again soon.
    ///
    /// - Parameter voice: who asks. It is evidence for the next who does, not for themselves.
    public func verdict(askedAbout service: ServiceID, by voice: PersonalVoice? = nil) -> (verdict: Verdict, now: Instant) {
        step(.asked(service: service))
        let now = clock.now
        let verdict = board.verdict(of: service, at: now)
        if let voice {
            step(.personSaid(service: service, voice: voice, hour: Timestamp.now.hourOfWeek))
        }
        return (verdict, now)
    }

    /// What is believed of a service after another look at it, which takes at most `patience`.
    func freshVerdict(of service: ServiceID, patience: Duration) async -> (verdict: Verdict, now: Instant) {
        let since = clock.now
        step(.asked(service: service))
        await wait(Curious(service: service, since: since), patience: patience)
        let now = clock.now
        return (board.verdict(of: service, at: now), now)
    }

    /// What is believed of services, without another look.
    func verdicts(of services: [ServiceID]) -> (verdicts: [Verdict], now: Instant) {
        let now = clock.now
        return (services.map { board.verdict(of: $0, at: now) }, now)
    }

    /// What somebody says of a service, without asking.
    func hear(_ voice: PersonalVoice, of service: ServiceID) {
        step(.personSaid(service: service, voice: voice, hour: Timestamp.now.hourOfWeek))
    }

    /// Whether most of the canaries do not answer, so that nothing can be said of anything.
    var isBlind: Bool { if case .blind = board.connectivity.state { true } else { false } }

    /// How many of the canaries answer us, of how many.
    var reach: (reached: Int, of: Int) { board.connectivity.answering(at: clock.now) }

    /// Hears evidence that does not come from a probe.
    ///
    /// - Parameter unknownWords: how many words of a feed nobody knew.
    func hear(_ said: StatusBoard.Input, unknownWords: Int = 0) {
        self.unknownWords += unknownWords
        step(said)
    }

    /// What a service has been like until now; nil for one that is not watched.
    public func history(of service: ServiceID) -> (history: History, now: Timestamp)? {
        let now = Timestamp.now
        histories[service]?.count(upTo: now)
        return histories[service].map { ($0, now) }
    }

    /// How much there is to do, and how it goes.
    struct Load {
        var connectivity: Connectivity.State
        var services: Int
        var checks: Int
        var incidents: Int
        var inFlight: Int
        var lateness: Lateness
        var unknownWords: Int
    }

    var load: Load {
        let rounds = board.rounds
        return Load(
            connectivity: board.connectivity.state, services: histories.count, checks: rounds.checks,
            incidents: incidents.values.count { $0.incident != nil }, inFlight: rounds.inFlight, lateness: rounds.lateness,
            unknownWords: unknownWords)
    }

    /// The incident that a service has now; nil for one that is well.
    public func incident(of service: ServiceID) -> Incident? {
        incidents[service]?.incident
    }

    /// Looks at a page that somebody named: once, and once more if it does not answer. Nothing of it is kept.
    public func look(_ question: Responder.PageQuestion) async -> PageLook {
        let page: AdHocTarget
        do throws(AdHocRefusal) { page = try question.page.get() } catch { return .refused(error) }
        guard let adHoc else { return .blind }
        if case .wait(let time, let level) = quota.ask(person: question.person, place: question.place, at: clock.now) {
            return .wait(time, for: level)
        }
        do throws(AdHocRefusal) {
            let first = try await adHoc.probe(page)
            guard first.outcome == .failed, first.status == nil else { return .looked(first) }
            let second = try await adHoc.probe(page)
            guard second.outcome == .failed, second.status == nil else { return .looked(second) }
            return await areCanariesGone() ? .blind : .looked(second)
        } catch {
            return .refused(error)
        }
    }

    /// Whether most of the canaries do not answer now.
    private func areCanariesGone() async -> Bool {
        let canaries = board.connectivity.canaries
        let answers = await withTaskGroup(of: Bool.self) { [monitor] group in
            for canary in canaries { group.addTask { await monitor.answers(canary) } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        return answers * 2 < canaries.count
    }

    /// Waits until the evidence has settled, at most for `patience`, and returns what is believed then: for somebody who asks once, without
    /// a board that has been watching.
    public func settledVerdict(of service: ServiceID, patience: Duration) async -> (verdict: Verdict, now: Instant) {
        if !isSettled(service, at: clock.now) { await wait(Curious(service: service), patience: patience) }
        return verdict(askedAbout: service)
    }

    private func wait(_ curious: Curious, patience: Duration) async {
        lastCurious += 1
        let number = lastCurious
        let timeout = Task {
            guard (try? await Task.sleep(for: patience)) != nil else { return }
            answer(number)
        }
        await withCheckedContinuation { continuation in
            var curious = curious
            curious.continuation = continuation
            self.curious[number] = curious
        }
        timeout.cancel()
    }

    private func answer(_ number: Int) {
        curious.removeValue(forKey: number)?.continuation?.resume()
    }

    private func step(_ input: StatusBoard.Input) {
        let now = clock.now
        journal?.record(input, from: board.settings.vantage)
        for action in board.handle(input, at: now) {
            perform(action)
        }
        alarm?.set(board.deadline)
        for (number, one) in curious where input.mayConcern(one.service) && isAnswered(one, at: now) {
            answer(number)
        }
    }

    private func isAnswered(_ one: Curious, at now: Instant) -> Bool {
        guard let since = one.since else { return isSettled(one.service, at: now) }
        return board.verdict(of: one.service, at: now).observed.map { $0 > since } ?? false
    }

    /// Whether more of the same evidence would hardly change the verdict. Being blind is settled once every canary has had its say.
    private func isSettled(_ service: ServiceID, at now: Instant) -> Bool {
        let verdict = board.verdict(of: service, at: now)
        if case .blind(_, let count) = verdict.because.first, count < board.connectivity.canaries.count { return false }
        return verdict.isSettled
    }

    private func perform(_ action: StatusBoard.Action) {
        switch action {
        case .probe(let service, let component, let check):
            start { [monitor] in
                // A probe that never got to ask says nothing; the board gives it up in its own time.
                let result = await monitor.probe(check)
                guard result.isEvidence else { return nil }
                return .probed(service: service, component: component, check: check.id, result: result)
            }
        case .probeCanary(let target):
            start { [monitor] in
                let (ok, families) = await monitor.look(at: target)
                return .canaryAnswered(target: target, ok: ok, families: families)
            }
        case .verdictChanged(let service, let before, let after):
            let now = Timestamp.now
            histories[service]?.note(after.state, at: now)
            if before.state != after.state {
                log.info(
                    "verdict changed",
                    metadata: ["service": "\(service)", "from": "\(before.state.rawValue)", "to": "\(after.state.rawValue)"]
                )
            }
            self.change.yield(Change(service: service, before: before, after: after))
            if let change = incidents[service, default: IncidentLine()].take(after, of: service, at: now) { log.info(change) }
        }
    }

    /// Runs a probe beside everything else; its result is the next input. A result that comes after `stop` is dropped.
    ///
    /// All of it runs on the probes' thread, this actor's part too (SE-0417): a result crosses no thread on its way.
    private func start(_ probe: @escaping @Sendable () async -> StatusBoard.Input?) {
        guard alarm != nil else { return }
        lastProbe += 1
        let number = lastProbe
        probes[number] = Task(executorPreference: monitor.executor) { await self.take(probe(), of: number) }
    }

    private func take(_ input: StatusBoard.Input?, of probe: Int) {
        guard probes.removeValue(forKey: probe) != nil, let input else { return }
        step(input)
    }
}

extension Logger {
    fileprivate func info(_ change: IncidentChange) {
        let incident = change.incident
        let metadata: Logger.Metadata = [
            "service": "\(incident.id.service)", "state": "\(incident.state.rawValue)", "since": "\(incident.id.opened)",
        ]
        info("incident \(change.word)", metadata: metadata)
    }
}
