import Clocks
public import Discord
import HTTP
import Logging
import Timing
import WebSockets

/// One shard's connection to Discord's gateway: the owner of a `GatewaySession` and its websocket.
///
/// It lives on the websockets' own thread, so a frame goes from the library through the session to the listener without crossing one.
/// Most of what comes is a message that nobody wants: it passes with no more than its number kept (`Gateway+Receiving.swift`). The members
/// are open to the other files of the gateway.
public actor Gateway {
    /// What the gateways of a bot share.
    struct Surroundings: Sendable {
        let token: Secret
        /// Looks names up, because libwebsockets would stop its thread for that.
        let resolver: HTTPClient
        let directory: GatewayDirectory
        let turns: IdentifyTurns
        let keeper: SessionKeeper?
        let book: HealthBook
        let listener: any GatewayListener
        let log: Logger
        /// Told what the session says of itself, on the loop's thread.
        let onNotice: @Sendable (GatewaySession.Notice) -> Void
    }

    let loop: GatewayLoop
    let surroundings: Surroundings
    let clock = MonotonicClock()

    var session: GatewaySession
    /// Inputs that came while a step was under way: a step never begins inside of another.
    private var inputs: [GatewaySession.Input] = []
    private var isStepping = false
    private var alarm: Alarm?

    var socket: WebSocket?
    var inflater: Inflater?
    /// Counts connections: what an abandoned one still says is not heard.
    var connection = 0
    var dials = 0
    private var ended: CheckedContinuation<GatewaySession.StopReason, Never>?
    private var stopReason: GatewaySession.StopReason?
    /// When what is being read came off the socket.
    var receivedAt = Instant.origin
    /// What was logged of payloads that nobody understands, each once: a peer that sends nothing else must not fill the log.
    var puzzles: Set<String> = []

    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.sockets.loop.asUnownedSerialExecutor() }

    /// A connection that `run` opens.
    init(session: GatewaySession, on loop: GatewayLoop, _ surroundings: Surroundings) {
        self.session = session
        self.loop = loop
        self.surroundings = surroundings
    }

    /// Connects, stays connected, and returns when it is over for good.
    public func run() async -> GatewaySession.StopReason {
        alarm = Alarm { [weak self] in await self?.step(.tick) }
        step(.start)
        return await withCheckedContinuation { continuation in
            if let stopReason {
                continuation.resume(returning: stopReason)
            } else {
                ended = continuation
            }
        }
    }

    /// Takes leave of Discord; `run` returns when that is done.
    ///
    /// - Parameter keepSession: the bot stays online and the session can be resumed for a few minutes, for a restart.
    public func stop(keepSession: Bool) {
        step(.stop(keepSession: keepSession))
    }

    /// Another shard has learnt that Discord does not grant the privileged intents.
    func withdrawIntents() {
        step(.intentsWithdrawn)
    }

    /// An event that was handed out is dealt with.
    func settle(_ sequence: Int, of session: String) {
        step(.settled(sequence: sequence, session: session))
    }

    /// Shows something else under the bot's name.
    func show(_ presence: Presence) {
        step(.presence(presence))
    }

    var log: Logger { surroundings.log }

    func step(_ input: GatewaySession.Input) {
        inputs.append(input)
        guard !isStepping else { return }
        isStepping = true
        while !inputs.isEmpty {
            let actions = session.handle(inputs.removeFirst(), at: clock.now)
            // Who hears that the bot is ready finds it so in the book.
            surroundings.book.move(session.shard.id, to: session.phase)
            for action in actions { perform(action) }
        }
        isStepping = false
        alarm?.set(session.deadline)
    }

    private func perform(_ action: GatewaySession.Action) {
        switch action {
        case .fetchGatewayAddress: Task { await fetchAddress() }
        case .connect(let url, let compression): dial(url, compression)
        case .send(let command, let urgent):
            send(command, urgent: urgent)
            if case .identify = command { surroundings.turns.identified(shard: session.shard.id) }
        case .close(let code): socket?.close(code: code)
        case .abort: drop()
        case .requestIdentifyPermit: requestTurn()
        case .withdrawIdentifyPermit: surroundings.turns.withdraw(shard: session.shard.id)
        case .dispatch(let event): hand(event)
        case .saveSession(let record): surroundings.keeper?.keep(record, for: session.shard)
        case .report(let notice): report(notice)
        case .stopped(let reason): end(reason)
        }
    }

    /// Hands an event to the listener. What it does not take up is settled at once.
    private func hand(_ event: GatewayEvent) {
        let record = session.session
        let receipt = EventReceipt(
            receivedAt: receivedAt, shard: session.shard,
            isReplay: session.phase == .resuming, intents: session.intents,
            bot: record?.botID ?? 0, sequence: record?.sequence ?? 0, session: record?.sessionID ?? "", gateway: self)
        guard !surroundings.listener.hear(event, receipt), event.wantsSettling, let record else { return }
        step(.settled(sequence: record.sequence, session: record.sessionID))
    }

    private func end(_ reason: GatewaySession.StopReason) {
        drop()
        alarm?.turnOff()
        stopReason = reason
        ended?.resume(returning: reason)
        ended = nil
    }
}
