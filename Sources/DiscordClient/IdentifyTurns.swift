import Clocks
import Discord
import Logging
import Synchronization
import Timing

/// Hands out the turns to identify: the owner of the `IdentifyQueue`, one for all gateways of a token in this process.
///
/// Its calls take effect in the order in which they are made, from whatever thread.
final class IdentifyTurns: Sendable {
    private struct State {
        var queue = IdentifyQueue()
        var waiting: [Int: @Sendable () -> Void] = [:]
        var isOpen = false
        /// Discord's limits, until it opens.
        var limits: GatewayBot?
    }

    private let state = Mutex(State())
    private let clock = MonotonicClock()
    private let log: Logger
    private let alarm: Mutex<Alarm?> = Mutex(nil)

    init(log: Logger) {
        self.log = log
        alarm.withLock { $0 = Alarm { [weak self] in self?.step(.tick) } }
    }

    /// Begins to hand out turns; until then shards only wait.
    func open() {
        let limits = state.withLock { state in
            state.isOpen = true
            defer { state.limits = nil }
            return state.limits
        }
        step(limits.map { .limits($0) } ?? .tick)
    }

    /// Takes over Discord's limits.
    func learn(_ gateway: GatewayBot) {
        let isOpen = state.withLock { state in
            if !state.isOpen { state.limits = gateway }
            return state.isOpen
        }
        if isOpen { step(.limits(gateway)) }
    }

    /// Asks for a turn; `permitted` is called once, when it has come.
    func request(shard: Int, permitted: @escaping @Sendable () -> Void) {
        state.withLock { $0.waiting[shard] = permitted }
        step(.request(shard: shard))
    }

    /// The identify has been sent.
    func identified(shard: Int) {
        step(.identified(shard: shard))
    }

    /// Gives the turn back before it has come.
    func withdraw(shard: Int) {
        state.withLock { $0.waiting[shard] = nil }
        step(.withdraw(shard: shard))
    }

    private func step(_ input: IdentifyQueue.Input) {
        let (permitted, spent, deadline) = state.withLock { state in
            var permitted: [@Sendable () -> Void] = []
            var spent: Int?
            for action in state.queue.handle(input, at: clock.now) {
                switch action {
                case .permit(let shard): if let one = state.waiting.removeValue(forKey: shard) { permitted.append(one) }
                case .budgetSpent(let remaining): spent = remaining
                }
            }
            return (permitted, spent, state.queue.deadline)
        }
        alarm.withLock { $0?.set(deadline) }
        if let spent {
            let remedy = "find out why the bot logged in so often, then restart it"
            log.critical("too few logins are left for today; waiting", metadata: ["left": "\(spent)", "remedy": "\(remedy)"])
        }
        for permit in permitted { permit() }
    }
}
