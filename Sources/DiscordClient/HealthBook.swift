import Clocks
public import Discord
import Synchronization

/// Where the gateways write down how they are, and others read it. A lock, because writers are on the loops' threads; they come by
/// when something changes, not for every event.
public final class HealthBook: Sendable {
    private let health = Mutex(GatewayHealth())
    let clock = MonotonicClock()

    public init() {}

    /// How things are.
    public var current: GatewayHealth { health.withLock { $0 } }

    func change(_ change: (inout GatewayHealth) -> Void) {
        health.withLock { change(&$0) }
    }

    func note(_ notice: GatewaySession.Notice, of shard: Int) {
        health.withLock { $0.note(notice, of: shard, at: clock.now) }
    }

    func move(_ shard: Int, to phase: GatewaySession.Phase) {
        health.withLock { $0.move(shard, to: phase, at: clock.now) }
    }
}
