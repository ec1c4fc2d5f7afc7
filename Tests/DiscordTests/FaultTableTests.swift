import Discord
import Testing
import Timing

/// What goes wrong, and what comes of it when it does so while a session identifies, is ready, or resumes.
struct FaultRow: CustomTestStringConvertible, Sendable {
    enum Outcome: Equatable, Sendable {
        /// Nothing is lost, the connection goes on.
        case steady
        /// Another connection goes on with the session.
        case resumed
        /// The session is gone, and a new one stands.
        case identified
        case stopped(GatewaySession.StopReason)
    }

    let fault: SimulatedDiscord.Fault
    let identifying: Outcome
    let ready: Outcome
    let resuming: Outcome

    init(_ fault: SimulatedDiscord.Fault, _ identifying: Outcome, _ ready: Outcome, _ resuming: Outcome) {
        (self.fault, self.identifying, self.ready, self.resuming) = (fault, identifying, ready, resuming)
    }

    init(_ fault: SimulatedDiscord.Fault, always outcome: Outcome) {
        self.init(fault, outcome, outcome, outcome)
    }

    var testDescription: String { "\(fault)" }

    static let all: [FaultRow] = [
        FaultRow(.close(nil), .identified, .resumed, .resumed),
        FaultRow(.close(1000), .identified, .resumed, .identified),
        FaultRow(.close(1001), .identified, .resumed, .resumed),
        FaultRow(.close(1002), .identified, .resumed, .resumed),
        FaultRow(.close(1011), .identified, .resumed, .resumed),
        FaultRow(.close(4000), .identified, .resumed, .resumed),
        FaultRow(.close(4001), .identified, .resumed, .resumed),
        FaultRow(.close(4002), .identified, .resumed, .resumed),
        FaultRow(.close(4003), always: .identified),
        FaultRow(.close(4004), always: .stopped(.authenticationFailed)),
        FaultRow(.close(4005), .identified, .resumed, .resumed),
        FaultRow(.close(4006), always: .identified),
        FaultRow(.close(4007), always: .identified),
        FaultRow(.close(4008), .identified, .resumed, .resumed),
        FaultRow(.close(4009), always: .identified),
        FaultRow(.close(4010), always: .stopped(.invalidShard)),
        FaultRow(.close(4011), always: .stopped(.shardingRequired)),
        FaultRow(.close(4012), always: .stopped(.invalidVersion)),
        FaultRow(.close(4013), always: .stopped(.invalidIntents)),
        FaultRow(.close(4014), always: .identified),
        FaultRow(.close(4999), .identified, .resumed, .identified),
        FaultRow(.reconnect, .identified, .resumed, .resumed),
        FaultRow(.invalidSession(isResumable: true), .identified, .resumed, .resumed),
        // Also what comes of identifies that follow each other too quickly.
        FaultRow(.invalidSession(isResumable: false), always: .identified),
        // A half-open link: no answer, no acknowledgement, no close.
        FaultRow(.silence, .identified, .resumed, .resumed),
        FaultRow(.lateAcknowledgement(.seconds(39)), .identified, .steady, .steady),
        FaultRow(.lateAcknowledgement(.seconds(41)), .identified, .resumed, .resumed),
        FaultRow(.streamCorrupted, .identified, .resumed, .resumed),
        FaultRow(.malformed(times: 1), .identified, .steady, .steady),
        FaultRow(.malformed(times: 10), .identified, .resumed, .resumed),
        FaultRow(.gap, .identified, .steady, .steady),
        FaultRow(.duplicate, .identified, .steady, .steady),
        FaultRow(.nextConnection(.noHello), .identified, .resumed, .resumed),
        FaultRow(.nextConnection(.reconnectBeforeHello), .identified, .resumed, .resumed),
        FaultRow(.nextConnection(.refused), .identified, .resumed, .resumed),
        FaultRow(.nextConnection(.silent), .identified, .resumed, .resumed),
        FaultRow(.resumeHostIsDead, .identified, .resumed, .resumed),
    ]
}

/// A Discord on a virtual clock that does as it should but for one fault.
struct SimulatedDiscord {
    enum Fault: Equatable, Sendable {
        case close(UInt16?)
        case reconnect
        case invalidSession(isResumable: Bool)
        case silence
        case lateAcknowledgement(Duration)
        case streamCorrupted
        case malformed(times: Int)
        case gap
        case duplicate
        case nextConnection(ConnectionFault)
        case resumeHostIsDead
    }

    enum ConnectionFault: Equatable, Sendable {
        case noHello, reconnectBeforeHello, refused, silent
    }

    enum Stage: Sendable { case identifying, ready, resuming }

    var session: GatewaySession
    var now = Instant.origin
    private(set) var identifies = 0
    private(set) var resumes = 0
    private(set) var connections = 0
    private(set) var stopped: GatewaySession.StopReason?
    private(set) var intents: GatewayIntents = []
    /// What the peer will do, in order.
    private var due: [(at: Instant, input: GatewaySession.Input)] = []
    private var isSilent = false
    private var acknowledgesAfter = Duration.milliseconds(50)
    private var connectionFault: ConnectionFault?
    private var isResumeHostDead = false
    private var sequence = 1
    private let latency = Duration.milliseconds(20)

    init(resuming: Bool) {
        session = GatewaySession(
            intents: .conversationAndText, resuming: resuming ? record(9, intents: .conversationAndText) : nil, botID: 7,
            jitter: Jitter(seed: 7))
        sequence = resuming ? 9 : 0
    }

    /// Runs until `isDone`, or until nothing was done for so long that it never will be.
    mutating func run(for limit: Duration = .seconds(600), until isDone: (Self) -> Bool) {
        if session.phase == .idle { feed(.start) }
        let end = now.advanced(by: limit)
        while !isDone(self), stopped == nil, now < end {
            let next = due.map(\.at).min()
            guard let moment = [next, session.deadline].compactMap(\.self).min() else { return }
            now = max(now, moment)
            if let place = due.firstIndex(where: { $0.at == next }), let next, next <= now {
                feed(due.remove(at: place).input)
            } else {
                feed(.tick)
            }
        }
    }

    mutating func feed(_ input: GatewaySession.Input) {
        for action in session.handle(input, at: now) { perform(action) }
    }

    mutating func strike(_ fault: Fault) {
        switch fault {
        case .close(let code):
            due = []
            feed(.closed(code: code))
        case .reconnect: feed(.received(.reconnect))
        case .invalidSession(let isResumable): feed(.received(.invalidSession(isResumable: isResumable)))
        case .silence:
            due = []
            isSilent = true
        case .lateAcknowledgement(let wait): acknowledgesAfter = wait
        case .streamCorrupted: feed(.streamCorrupted)
        case .malformed(let times): for _ in 0..<times { feed(.malformed(.noOperation)) }
        case .gap:
            sequence += 3
            feed(.received(.dispatch(sequence: sequence, .other("X"))))
        case .duplicate: feed(.received(.dispatch(sequence: sequence, .other("X"))))
        case .nextConnection(let fault):
            connectionFault = fault
            if session.phase != .idle { strike(.close(nil)) }
        case .resumeHostIsDead:
            isResumeHostDead = true
            strike(.close(nil))
        }
    }

    private mutating func answer(_ input: GatewaySession.Input, after wait: Duration? = nil) {
        guard !isSilent else { return }
        due.append((now.advanced(by: wait ?? latency), input))
    }

    private mutating func perform(_ action: GatewaySession.Action) {
        switch action {
        case .fetchGatewayAddress: due.append((now.advanced(by: latency), .gatewayAddress(mainURL)))
        case .connect(let url, _): connect(toResumeHost: url.hasPrefix(resumeURL))
        case .send(let command, _): hear(command)
        case .close:
            // A half-open peer does not answer this either.
            let isHeard = !isSilent
            due = []
            if isHeard { due.append((now.advanced(by: latency), .closed(code: 4000))) }
        case .abort: due = []
        case .requestIdentifyPermit: due.append((now.advanced(by: latency), .identifyPermitted))
        case .stopped(let reason): stopped = reason
        case .withdrawIdentifyPermit: due.removeAll { $0.input == .identifyPermitted }
        case .dispatch, .saveSession, .report: break
        }
    }

    private mutating func connect(toResumeHost: Bool) {
        connections += 1
        due = []
        isSilent = false
        acknowledgesAfter = .milliseconds(50)
        if toResumeHost, isResumeHostDead { return due.append((now.advanced(by: latency), .connectFailed("refused"))) }
        let fault = connectionFault
        connectionFault = nil
        switch fault {
        case .refused: return due.append((now.advanced(by: latency), .connectFailed("refused")))
        case .silent: return isSilent = true
        case .noHello:
            due.append((now.advanced(by: latency), .opened))
            isSilent = true
        case .reconnectBeforeHello:
            due.append((now.advanced(by: latency), .opened))
            due.append((now.advanced(by: latency * 2), .received(.reconnect)))
        case nil:
            due.append((now.advanced(by: latency), .opened))
            due.append((now.advanced(by: latency * 2), hello))
        }
    }

    private mutating func hear(_ command: GatewayCommand) {
        switch command {
        case .identify(let intents, _, _):
            identifies += 1
            self.intents = intents
            sequence = 1
            answer(dispatch(1, .ready(greeting)), after: .milliseconds(500))
        case .resume:
            resumes += 1
            sequence += 1
            answer(dispatch(sequence, .resumed), after: .milliseconds(500))
        case .heartbeat: answer(acknowledged, after: acknowledgesAfter)
        case .presence: break
        }
    }
}

@Suite("a fault")
struct FaultTableTests {
    @Test("while identifying", arguments: FaultRow.all)
    func identifying(row: FaultRow) {
        var world = SimulatedDiscord(resuming: false)
        if case .nextConnection = row.fault { world.strike(row.fault) }
        if row.fault == .resumeHostIsDead { return }  // There is none before the first READY.
        world.run { $0.session.phase == .identifying }
        if case .nextConnection = row.fault {} else { world.strike(row.fault) }
        settle(&world, identifiesBefore: 0, resumesBefore: 0, expected: row.identifying, isSteady: false)
    }

    @Test("while ready", arguments: FaultRow.all)
    func ready(row: FaultRow) {
        var world = SimulatedDiscord(resuming: false)
        world.run { $0.session.phase == .ready }
        let (identifies, connections) = (world.identifies, world.connections)
        world.strike(row.fault)
        settle(&world, identifiesBefore: identifies, resumesBefore: 0, expected: row.ready, isSteady: row.ready == .steady)
        if row.ready == .steady { #expect(world.connections == connections) }
    }

    @Test("while resuming", arguments: FaultRow.all)
    func resuming(row: FaultRow) {
        var world = SimulatedDiscord(resuming: true)
        if case .nextConnection = row.fault { world.strike(row.fault) }
        world.run { $0.session.phase == .resuming }
        if case .nextConnection = row.fault {} else { world.strike(row.fault) }
        settle(&world, identifiesBefore: 0, resumesBefore: 0, expected: row.resuming, isSteady: false)
    }

    /// Lets three minutes go by, and looks how the session stands.
    private func settle(
        _ world: inout SimulatedDiscord, identifiesBefore: Int, resumesBefore: Int, expected: FaultRow.Outcome, isSteady: Bool
    ) {
        let struck = world.now
        world.run(for: .seconds(180)) { _ in false }
        if case .stopped(let reason) = expected {
            #expect(world.stopped == reason)
            #expect(world.identifies <= identifiesBefore + 1, "what is refused for good is not tried again")
            return
        }
        #expect(world.stopped == nil)
        #expect(world.session.phase == .ready, "three minutes after \(struck)")
        let identifies = world.identifies - identifiesBefore
        switch expected {
        case .identified: #expect((1...2).contains(identifies))
        case .resumed: #expect(identifies == 0 && (1...4).contains(world.resumes))
        case .steady: #expect(identifies <= (identifiesBefore == 0 ? 1 : 0) && world.resumes <= 1)
        case .stopped: break
        }
        if world.session.intents == .conversation { #expect(world.intents == .conversation) }
    }

    @Test("of a resume that never succeeds ends in an identify, after three")
    func endlessResume() {
        var world = SimulatedDiscord(resuming: true)
        for _ in 0..<3 {
            world.run { $0.session.phase == .resuming }
            world.strike(.close(4000))
        }
        world.run { $0.session.phase == .ready }
        #expect(world.resumes == 3 && world.identifies == 1)
    }

    @Test("that comes again and again is met with patience: connections that do not last cost no storm of identifies")
    func storm() {
        var world = SimulatedDiscord(resuming: false)
        var hour = 0
        while world.now < Instant.origin.advanced(by: .seconds(3_600)) {
            world.run { $0.session.phase == .ready }
            world.strike(.close(4009))
            hour += 1
        }
        // Full jitter up to a minute: about one in half a minute.
        #expect((60...400).contains(world.identifies), "\(world.identifies) identifies in an hour")
    }
}
