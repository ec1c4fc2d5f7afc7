import Clocks
import Discord
import HTTP
import Timing

/// Where the gateway is and what it allows: `GET /gateway/bot`, asked once for all shards that want to know at the same time.
///
/// Discord answers the question about twice in five seconds only.
actor GatewayDirectory {
    private let rest: REST
    private let turns: IdentifyTurns
    private let book: HealthBook
    private let clock = MonotonicClock()
    private var asking: Task<Result<GatewayBot, GatewaySession.AddressFailure>, Never>?
    private var latest: (answer: GatewayBot, at: Instant)?
    /// An answer this young is as good as a new one.
    private static let freshness = Duration.seconds(5)

    init(rest: REST, turns: IdentifyTurns, book: HealthBook) {
        self.rest = rest
        self.turns = turns
        self.book = book
    }

    func look() async -> Result<GatewayBot, GatewaySession.AddressFailure> {
        if let latest, latest.at.duration(to: clock.now) < Self.freshness { return .success(latest.answer) }
        if let asking { return await asking.value }
        let task = Task { await ask() }
        asking = task
        defer { asking = nil }
        return await task.value
    }

    private func ask() async -> Result<GatewayBot, GatewaySession.AddressFailure> {
        do throws(RESTError) {
            let answer = try await rest.send(.gatewayBot, priority: .interaction, patience: .seconds(20))
            guard let gateway = GatewayBot(decoding: answer.body) else { return .failure(.unavailable(retryAfter: nil)) }
            turns.learn(gateway)
            book.change { $0.limits(gateway) }
            latest = (gateway, clock.now)
            return .success(gateway)
        } catch {
            return .failure(error.isUnauthorized ? .unauthorized : .unavailable(retryAfter: nil))
        }
    }
}
