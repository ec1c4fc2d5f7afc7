import Status
import Timing

/// A board together with the world that it watches: its orders are carried out, and the answers come back after a while.
struct World {
    private struct Arrival {
        var at: Instant
        var input: StatusBoard.Input
    }

    static let canaries = (1...5).map { Target.host("canary\($0).test") }

    var board: StatusBoard
    private(set) var now = Instant.origin
    /// What the next probe of a service will give; nil for a probe that never comes back.
    var outcome: (ServiceID, Check) -> ProbeResult.Outcome? = { _, _ in .ok }
    var isOnline = true
    /// How long a probe and a canary take.
    var latency = Duration.milliseconds(50)
    private var arrivals: [Arrival] = []
    /// Every change of verdict so far, with its time.
    private(set) var changes: [(at: Instant, service: ServiceID, state: Verdict.State)] = []
    /// The same with the whole verdict.
    private(set) var verdicts: [ServiceID: [(at: Instant, verdict: Verdict)]] = [:]
    private(set) var probes: [(at: Instant, service: ServiceID, check: String)] = []
    /// Called after each step, to look at what must always hold.
    var afterStep: (World) -> Void = { _ in }

    init(_ services: [Service] = [.tiny], settings: StatusBoard.Settings = .quick, seed: UInt64 = 1) {
        board = StatusBoard(canaries: World.canaries, settings: settings, jitter: Jitter(seed: seed))
        hand(.catalogueChanged(services))
    }

    var outstanding: Int { arrivals.count { if case .probed = $0.input { true } else { false } } }

    /// Gives the board an input now.
    mutating func hand(_ input: StatusBoard.Input) {
        for action in board.handle(input, at: now) { perform(action) }
        afterStep(self)
    }

    /// Lets time pass: answers arrive and deadlines come, in their order.
    mutating func run(for duration: Duration) {
        let end = now.advanced(by: duration)
        while let next = [board.deadline, arrivals.map(\.at).min()].compactMap(\.self).min(), next <= end {
            now = max(now, next)
            if let index = arrivals.indices.filter({ arrivals[$0].at <= now }).min(by: { arrivals[$0].at < arrivals[$1].at }) {
                hand(arrivals.remove(at: index).input)
            } else {
                hand(.tick)
            }
        }
        now = end
    }

    /// Runs until the service's verdict has this state; the time that took, nil when it did not happen.
    mutating func timeUntil(_ service: ServiceID, is state: Verdict.State, within limit: Duration) -> Duration? {
        let start = now
        while start.duration(to: now) <= limit {
            if board.verdict(of: service, at: now).state == state { return start.duration(to: now) }
            run(for: .milliseconds(100))
        }
        return nil
    }

    private mutating func perform(_ action: StatusBoard.Action) {
        switch action {
        case .probe(let service, let component, let check):
            probes.append((now, service, check.id))
            guard let outcome = isOnline ? outcome(service, check) : .failed else { return }
            let input = StatusBoard.Input.probed(
                service: service,
                component: component,
                check: check.id,
                result: .of(outcome, check)
            )
            arrivals.append(Arrival(at: now.advanced(by: latency), input: input))
        case .probeCanary(let target):
            arrivals.append(Arrival(at: now.advanced(by: latency), input: .canaryAnswered(target: target, ok: isOnline)))
        case .verdictChanged(let service, _, let verdict):
            changes.append((now, service, verdict.state))
            verdicts[service, default: []].append((now, verdict))
        }
    }
}

extension StatusBoard.Settings {
    /// The playground's pace.
    static let quick: StatusBoard.Settings = {
        var settings = StatusBoard.Settings()
        settings.interval = .seconds(5)
        settings.unsureInterval = .seconds(2)
        settings.canaryInterval = .seconds(5)
        settings.canaryPause = .seconds(1)
        settings.timeout = .seconds(2)
        settings.patience = .seconds(5)
        settings.freshEnough = .seconds(2)
        settings.grace = .seconds(5)
        settings.limit = 8
        return settings
    }()
}
