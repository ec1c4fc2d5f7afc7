import Clocks
public import Discord
public import HTTP
public import Logging
public import WebSockets

/// One shard's connection to Discord's gateway: the owner of a `GatewaySession` and its websocket.
///
/// It lives on the websockets' own thread, so a frame goes from the library through the session to `onEvent` without crossing one.
public actor Gateway {
    private let sockets: WebSocketLoop
    private let resolver: HTTPClient
    private let rest: REST
    private let token: Secret
    private let log: Logger
    private let onEvent: @Sendable (GatewayEvent) -> Void
    private let clock = MonotonicClock()

    private var session: GatewaySession
    /// Inputs that came while a step was under way: a step never begins inside of another.
    private var inputs: [GatewaySession.Input] = []
    private var isStepping = false
    private var alarm: Alarm?
    private let turns: IdentifyTurns

    private var socket: WebSocket?
    /// Counts connections: what an abandoned one still says is not heard.
    private var connection = 0
    private var dials = 0
    private var ended: CheckedContinuation<GatewaySession.StopReason, Never>?
    private var stopReason: GatewaySession.StopReason?
    /// What was logged of payloads that nobody understands, each once: a peer that sends nothing else must not fill the log.
    private var puzzles: Set<String> = []

    public nonisolated var unownedExecutor: UnownedSerialExecutor { sockets.loop.asUnownedSerialExecutor() }

    /// A connection that `run` opens.
    ///
    /// - Parameters:
    ///   - resolver: looks the gateway's name up, because libwebsockets would stop its thread for that.
    ///   - onEvent: takes the events in order, on the websockets' thread: it must not wait for anything.
    public init(
        session: GatewaySession,
        token: Secret,
        sockets: WebSocketLoop,
        resolver: HTTPClient,
        rest: REST,
        log: Logger,
        onEvent: @escaping @Sendable (GatewayEvent) -> Void
    ) {
        self.session = session
        self.token = token
        self.sockets = sockets
        self.resolver = resolver
        self.rest = rest
        self.log = log
        self.onEvent = onEvent
        turns = IdentifyTurns(log: log)
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

    /// Where the session stands.
    public var phase: GatewaySession.Phase { session.phase }

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
    }

    private func perform(_ action: GatewaySession.Action) {
        switch action {
        case .fetchGatewayAddress: Task { await fetchAddress() }
        case .connect(let url): dial(url)
        case .send(let command, let urgent): send(command, urgent: urgent)
        case .close(let code): socket?.close(code: code)
        case .abort: drop()
        case .requestIdentifyPermit: requestTurn()
        case .withdrawIdentifyPermit: turns.withdraw(shard: session.shard.id)
        case .dispatch(let event): onEvent(event)
        case .saveSession: break  // The session lives as long as this process does.
        case .report(let notice): report(notice)
        case .stopped(let reason): end(reason)
        }
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
        do throws(RESTError) {
            let answer = try await rest.send(.gatewayBot, priority: .interaction, patience: .seconds(20))
            guard let gateway = GatewayBot(decoding: answer.body) else {
                return step(.gatewayAddressFailed(.unavailable(retryAfter: nil)))
            }
            turns.learn(gateway)
            step(.gatewayAddress(gateway.url))
        } catch {
            step(.gatewayAddressFailed(error.isUnauthorized ? .unauthorized : .unavailable(retryAfter: nil)))
        }
    }

    /// Finds the host's addresses, then opens the websocket to one of them; another one each time, so that a dead address passes.
    private func dial(_ url: String) {
        drop()
        let connection = self.connection
        dials &+= 1
        let turn = dials
        guard let parsed = try? WebSocketURL(url) else { return step(.connectFailed("the address is no websocket's")) }
        Task {
            let addresses = (try? await resolver.resolve(parsed.host, port: Int(parsed.port)).addresses) ?? []
            guard connection == self.connection else { return }
            guard !addresses.isEmpty else { return step(.connectFailed("the name could not be resolved")) }
            open(url, at: addresses[turn % addresses.count])
        }
    }

    private func open(_ url: String, at address: NetworkAddress) {
        let connection = self.connection
        var request = WebSocketRequest(url: url, headers: [("User-Agent", Product.userAgent)], address: address.host)
        request.port = UInt16(exactly: address.port)
        socket = sockets.connect(request) { [weak self] event in
            self?.assumeIsolated { $0.hear(event, on: connection) }
        }
    }

    private func hear(_ event: WebSocketEvent, on connection: Int) {
        guard connection == self.connection else { return }
        switch event {
        case .opened:
            step(.opened)
        case .text(let bytes), .binary(let bytes):
            do throws(GatewayPayload.Malformed) {
                let payload = try GatewayPayload(decoding: bytes)
                if case .unknown(let operation) = payload, isNew("operation \(operation)") {
                    log.info("the gateway speaks of something unknown", metadata: ["operation": "\(operation)"])
                }
                step(.received(payload))
            } catch {
                step(.malformed(error))
            }
        case .pong:
            break
        case .closed(let code, _):
            forget()
            step(.closed(code: code))
        case .failed(let error):
            forget()
            step(.connectFailed(error.message))
        }
    }

    private func send(_ command: GatewayCommand, urgent: Bool) {
        do {
            let bytes = try command.encoded(token: token)
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
    }

    /// Whether this was not said before; after many different ones nothing is new.
    private func isNew(_ puzzle: String) -> Bool {
        puzzles.count < 64 && puzzles.insert(puzzle).inserted
    }

    private func requestTurn() {
        turns.request(shard: session.shard.id) { [weak self] in
            Task { await self?.step(.identifyPermitted) }
        }
    }

    private func drop() {
        socket?.abort()
        forget()
    }

    private func forget() {
        socket = nil
        connection &+= 1
    }
}
