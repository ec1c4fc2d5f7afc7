import Clocks
public import Discord
import HTTP
import Logging
import Timing
import WebSockets

/// One shard's connection to Discord's gateway: the owner of a `GatewaySession` and its websocket.
///
/// It lives on the websockets' own thread, so a frame goes from the library through the session to the listener without crossing one.
/// Most of what comes is a message that nobody wants: `take` lets it pass with no more than its number kept.
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

    private let loop: GatewayLoop
    private let surroundings: Surroundings
    private let clock = MonotonicClock()

    private var session: GatewaySession
    /// Inputs that came while a step was under way: a step never begins inside of another.
    private var inputs: [GatewaySession.Input] = []
    private var isStepping = false
    private var alarm: Alarm?

    private var socket: WebSocket?
    private var inflater: Inflater?
    /// Counts connections: what an abandoned one still says is not heard.
    private var connection = 0
    private var dials = 0
    private var ended: CheckedContinuation<GatewaySession.StopReason, Never>?
    private var stopReason: GatewaySession.StopReason?
    /// When what is being read came off the socket.
    private var receivedAt = Instant.origin
    /// What was logged of payloads that nobody understands, each once: a peer that sends nothing else must not fill the log.
    private var puzzles: Set<String> = []

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

    private var log: Logger { surroundings.log }

    private func step(_ input: GatewaySession.Input) {
        inputs.append(input)
        guard !isStepping else { return }
        isStepping = true
        while !inputs.isEmpty {
            for action in session.handle(inputs.removeFirst(), at: clock.now) {
                perform(action)
            }
        }
        isStepping = false
        alarm?.set(session.deadline)
        surroundings.book.move(session.shard.id, to: session.phase)
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

extension Gateway {
    private func fetchAddress() async {
        switch await surroundings.directory.look() {
        case .success(let gateway): step(.gatewayAddress(gateway.url))
        case .failure(let failure): step(.gatewayAddressFailed(failure))
        }
    }

    /// Finds the host's addresses, then opens the websocket to one of them; another one each time, so that a dead address passes.
    private func dial(_ url: String, _ compression: TransportCompression) {
        drop()
        let connection = self.connection
        dials &+= 1
        let turn = dials
        guard let parsed = try? WebSocketURL(url) else { return step(.connectFailed("the address is no websocket's")) }
        Task {
            let addresses = (try? await surroundings.resolver.resolve(parsed.host, port: Int(parsed.port)).addresses) ?? []
            guard connection == self.connection else { return }
            guard !addresses.isEmpty else { return step(.connectFailed("the name could not be resolved")) }
            open(url, at: addresses[turn % addresses.count], compression)
        }
    }

    private func open(_ url: String, at address: NetworkAddress, _ compression: TransportCompression) {
        let connection = self.connection
        var request = WebSocketRequest(url: url, headers: [("User-Agent", Product.userAgent)], address: address.host)
        request.port = UInt16(exactly: address.port)
        request.limits.messageBytes = PayloadBuffer.limit
        inflater = Inflater(compression)
        socket = loop.sockets.connect(request) { [weak self] message, isBinary in
            // Stays within the call, on the thread that it came on.
            nonisolated(unsafe) let message = message
            self?.assumeIsolated { $0.receive(message, isBinary: isBinary, on: connection) }
        } onEvent: { [weak self] event in
            self?.assumeIsolated { $0.hear(event, on: connection) }
        }
    }

    private func hear(_ event: WebSocketEvent, on connection: Int) {
        guard connection == self.connection else { return }
        switch event {
        case .opened:
            step(.opened)
        case .closed(let code, _):
            forget()
            step(.closed(code: code))
        case .failed(let error):
            forget()
            step(.connectFailed(error.message))
        case .text, .binary, .pong:
            break
        }
    }

    private func receive(_ message: UnsafeRawBufferPointer, isBinary: Bool, on connection: Int) {
        guard connection == self.connection else { return }
        receivedAt = clock.now
        do throws(Inflater.Failure) {
            // A server that was asked to pack and does not sends text.
            try loop.reader.read(message, through: isBinary ? inflater : nil) { reading in
                guard connection == self.connection else { return }
                take(reading)
            }
        } catch {
            step(.streamCorrupted)
        }
    }

    /// Lets pass what nobody wants, reads the rest as a whole.
    private func take(_ reading: PayloadReader.Reading) {
        guard case .payload(let payload) = reading else { return step(.malformed(.noOperation)) }
        if let event = unwanted(payload) {
            if let sequence = payload.sequence, session.passes(sequence, at: receivedAt) { return }
            return step(.received(.dispatch(sequence: payload.sequence, event)))
        }
        if payload.isDispatch, let message = payload.wholeMessage() {
            return step(.received(.dispatch(sequence: payload.sequence, .messageCreated(message))))
        }
        do throws(GatewayPayload.Malformed) {
            let payload = try GatewayPayload(decoding: Array(payload.bytes))
            if case .unknown(let operation) = payload, isNew("operation \(operation)") {
                log.info("the gateway speaks of something unknown", metadata: ["operation": "\(operation)"])
            }
            step(.received(payload))
        } catch {
            step(.malformed(error))
        }
    }

    /// The event, as much of it as has to be known when nobody wants to read it; nil when somebody does.
    private func unwanted(_ payload: ScannedPayload) -> GatewayEvent? {
        guard let message = payload.message else { return payload.otherEvent }
        return payload.isDispatch && !surroundings.listener.wants(message) ? .other("MESSAGE_CREATE") : nil
    }

    private func send(_ command: GatewayCommand, urgent: Bool) {
        do {
            let bytes = try command.encoded(token: surroundings.token)
            if urgent {
                try socket?.sendUrgent(text: bytes)
            } else {
                try socket?.send(text: bytes)
            }
        } catch {
            // The link is stuck or gone: without this command the session's own deadlines end it.
            log.warning("a gateway command was not sent", metadata: ["why": "\(error)"])
        }
    }

    private func report(_ notice: GatewaySession.Notice) {
        switch notice {
        case .malformed, .eventUndecodable: if isNew("\(notice)") { log.report(notice) }
        default: log.report(notice)
        }
        surroundings.book.note(notice, of: session.shard.id)
        surroundings.onNotice(notice)
    }

    /// Whether this was not said before; after many different ones nothing is new.
    private func isNew(_ puzzle: String) -> Bool {
        puzzles.count < 64 && puzzles.insert(puzzle).inserted
    }

    private func requestTurn() {
        surroundings.turns.request(shard: session.shard.id) { [weak self] in
            Task { await self?.step(.identifyPermitted) }
        }
    }

    private func drop() {
        socket?.abort()
        forget()
    }

    private func forget() {
        socket = nil
        inflater = nil
        connection &+= 1
    }
}
