import Clocks
public import Discord
public import HTTP
public import Logging
import Timing

/// A bot's gateway connections: as many shards as its guilds need, on one thread or several.
///
///     run → plan → gateways → (4011) plan with more shards → gateways → … → the reason why it is over
///
/// What one shard learns holds for all: a refused token ends them, a refused intent is not asked for again.
public actor ShardSet {
    /// How many shards there are, and what they begin with.
    public struct Plan: Sendable {
        /// Nil for as many as Discord recommends.
        public var shards: Int?
        public var intents: GatewayIntents
        public var compression = TransportCompression.zstdStream
        public var presence: Presence?
        public var patience = GatewaySession.Patience()

        public init(intents: GatewayIntents, shards: Int? = nil) {
            self.intents = intents
            self.shards = shards
        }
    }

    private let plan: Plan
    private let token: Secret
    private let rest: REST
    private let loops: [GatewayLoop]
    private let keeper: SessionKeeper?
    private let directory: GatewayDirectory
    private let turns: IdentifyTurns
    private let log: Logger
    private let surroundings: Gateway.Surroundings
    private let notices: AsyncStream<GatewaySession.Notice>
    private let notice: AsyncStream<GatewaySession.Notice>.Continuation

    private var gateways: [Gateway] = []
    private var intents: GatewayIntents
    /// Set when it shall end; then no more gateways are made.
    private var stopping: Stopping?
    private var checking: Task<Void, Never>?

    private struct Stopping {
        var keepsSessions: Bool
        var reason: GatewaySession.StopReason
    }

    /// As often does Discord's demand for more shards begin a new plan.
    private static let mostPlans = 4

    /// - Parameters:
    ///   - loops: the threads that the shards are spread over; one carries many.
    ///   - resolver: looks up the gateways' names.
    ///   - keeper: keeps the sessions for the next process; nil to let them go. Whoever gives it runs it.
    public init(
        _ plan: Plan,
        token: Secret,
        loops: [GatewayLoop],
        resolver: HTTPClient,
        rest: REST,
        keeper: SessionKeeper? = nil,
        book: HealthBook = HealthBook(),
        log: Logger,
        listener: any GatewayListener
    ) {
        precondition(!loops.isEmpty, "gateways need a thread to live on")
        self.plan = plan
        self.token = token
        self.rest = rest
        self.loops = loops
        self.keeper = keeper
        self.log = log
        intents = plan.intents
        turns = IdentifyTurns(log: log)
        directory = GatewayDirectory(rest: rest, turns: turns, book: book)
        let (notices, notice) = AsyncStream.makeStream(of: GatewaySession.Notice.self, bufferingPolicy: .bufferingNewest(256))
        (self.notices, self.notice) = (notices, notice)
        surroundings = Gateway.Surroundings(
            token: token, resolver: resolver, directory: directory, turns: turns, keeper: keeper, book: book, listener: listener,
            log: log
        ) { said in
            // Of all that gateways say, this alone concerns the others.
            if case .intentsReduced = said { notice.yield(said) }
        }
    }

    /// Connects, stays connected, and returns when it is over for good.
    public func run() async -> GatewaySession.StopReason {
        let listening = Task { [notices] in
            for await said in notices { await self.heed(said) }
        }
        let reason = await runPlans()
        checking?.cancel()
        surroundings.book.change { $0.end(reason) }
        notice.finish()
        await listening.value
        return reason
    }

    /// Takes leave of Discord; `run` returns when that is done.
    ///
    /// - Parameter keepSessions: the bot stays online and its sessions can be resumed for a few minutes, for a restart.
    public func stop(keepSessions: Bool) async {
        await stop(Stopping(keepsSessions: keepSessions, reason: .requested))
    }

    /// Discord has refused the token over HTTP: it would refuse it here, and count that.
    public func tokenRejected() async {
        await stop(Stopping(keepsSessions: false, reason: .authenticationFailed))
    }

    private func stop(_ order: Stopping) async {
        stopping = stopping ?? order
        await stopGateways(keepSessions: order.keepsSessions)
    }

    private func stopGateways(keepSessions: Bool) async {
        for gateway in gateways {
            await gateway.stop(keepSession: keepSessions)
        }
    }

    private func runPlans() async -> GatewaySession.StopReason {
        let saved = keeper?.restore()
        var count = await firstCount(saved: saved?.shardCount)
        var records = saved?.sessions ?? []
        checking = Task { await checkApplication() }
        for _ in 0..<Self.mostPlans {
            if let stopping { return stopping.reason }
            let reason = await run(shards: count, resuming: records)
            if let stopping, reason == .requested { return stopping.reason }
            guard reason == .shardingRequired else { return reason }
            records = []
            keeper?.forgetAll()
            count = await moreShards(than: count)
            log.warning("Discord wants the bot's servers spread over more connections", metadata: ["shards": "\(count)"])
        }
        return .shardingRequired
    }

    /// Asks what the developer portal grants, while the connections come about: to find it out by an identify that Discord refuses (4014)
    /// would cost one of the day's. Nobody identifies before it is known, or cannot be.
    private func checkApplication() async {
        if let application = await application() {
            if application.interactionsEndpoint != nil {
                log.error(
                    """
                    Discord sends slash commands and buttons to an HTTP endpoint instead of this bot. Remove the interactions endpoint \
                    URL in the developer portal (General Information).
                    """)
            }
            if intents.contains(.messageContent), !application.isMessageContentGranted {
                await heed(.intentsReduced(to: intents.subtracting(.messageContent)))
                surroundings.book.change { $0.lackPrivilegedIntents() }
                log.report(.intentsReduced(to: intents))
            }
        }
        turns.open()
    }

    private func application() async -> CurrentApplication? {
        // Not before the token is known to be good: a wrong one is to be refused once only.
        guard case .success = await directory.look() else { return nil }
        do throws(RESTError) {
            return try await CurrentApplication(decoding: rest.send(.currentApplication, patience: .seconds(3)).body)
        } catch {
            return nil
        }
    }

    /// As many as before, if that is enough still: then every session goes on.
    private func firstCount(saved: Int?) async -> Int {
        if let fixed = plan.shards { return fixed }
        guard case .success(let gateway) = await directory.look() else { return saved ?? 1 }
        return max(saved ?? 0, gateway.shards)
    }

    private func moreShards(than count: Int) async -> Int {
        guard case .success(let gateway) = await directory.look() else { return count * 2 }
        return max(gateway.shards, count * 2)
    }

    /// Runs the shards of one plan until the first of them ends, which ends them all.
    private func run(shards count: Int, resuming records: [SessionRecord]) async -> GatewaySession.StopReason {
        surroundings.book.change { [clock = surroundings.book.clock] in $0.plan(count, at: clock.now) }
        gateways = (0..<count).map { id in
            let shard = Shard(id: id, count: count)
            let session = GatewaySession(
                shard: shard, intents: intents, compression: plan.compression, presence: plan.presence,
                resuming: records.first { $0.shard == shard }, botID: token.botID, patience: plan.patience,
                jitter: .unpredictable())
            return Gateway(session: session, on: loops[id % loops.count], surroundings)
        }
        if let stopping { await stopGateways(keepSessions: stopping.keepsSessions) }
        return await withTaskGroup(of: GatewaySession.StopReason.self) { group in
            for gateway in gateways {
                group.addTask { await gateway.run() }
            }
            var outcome = GatewaySession.StopReason.requested
            for await reason in group where reason != .requested && outcome == .requested {
                outcome = reason
                if reason == .authenticationFailed { await rest.rejectToken() }
                await stopGateways(keepSessions: false)
            }
            return outcome
        }
    }

    /// What one shard was told, none of the others has to be told again.
    private func heed(_ said: GatewaySession.Notice) async {
        guard case .intentsReduced(let granted) = said else { return }
        intents = intents.intersection(granted)
        for gateway in gateways {
            await gateway.withdrawIntents()
        }
    }
}
