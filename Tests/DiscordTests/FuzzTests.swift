import Discord
import Testing
import Timing

extension Jitter {
    mutating func below(_ count: Int) -> Int {
        min(Int(fraction() * Double(count)), count - 1)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }
}

@Suite("hostile input")
struct FuzzTests {
    static let payloads = [
        #"{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}"#,
        #"{"op":9,"d":true}"#,
        #"{"op":0,"s":1,"t":"READY","d":{"user":{"id":"11"},"guilds":[{"id":"20"}],"session_id":"5f2c","application":{"id":"1"}}}"#,
        #"{"op":0,"s":58,"t":"MESSAGE_CREATE","d":{"id":"1","channel_id":"2","author":{"id":"3"},"content":"<@7> 🧪 \u00e9\ud83e"}}"#,
        #"{"op":0,"s":58,"t":"MESSAGE_CREATE","d":{"id":"1","channel_id":"2","author":{"id":"3"},"content":"<@7> 🧪",""#
            + #"mentions":[{"id":"7"},{"id":"8"}],"referenced_message":{"id":"4","author":{"id":"5"},"content":"x"}}}"#,
        #"{"op":0,"s":71,"t":"INTERACTION_CREATE","d":{"id":"4","application_id":"1","type":2,"token":"t","member":{"user":{"id":"2"}},"#
            + #""data":{"name":"down","options":[{"name":"a","options":[{"name":"b","value":1.5}]}]}}}"#,
    ]

    @Test("mutated payloads are read or refused, and what is read can be handled", arguments: 1...2 as ClosedRange<UInt64>)
    func mutatedPayloads(seed: UInt64) {
        var chance = Jitter(seed: seed)
        var session = GatewaySession.ready()
        var (read, refused) = (0, 0)
        for _ in 0..<5_000 {
            var bytes = Array(chance.pick(Self.payloads).utf8)
            for _ in 0...chance.below(6) {
                Self.mutate(&bytes, &chance)
            }
            do throws(GatewayPayload.Malformed) {
                let payload = try GatewayPayload(decoding: bytes)
                read += 1
                session.walk([.received(payload)])
                if case .dispatch(_, .messageCreated(let message)) = payload {
                    _ = message.words(for: 7, reading: .conversation)
                }
            } catch {
                refused += 1
                session.walk([.malformed(error)])
            }
            session.walk([.closed(code: nil), .tick, .opened], at: session.deadline ?? .origin)
        }
        #expect(read > 100 && refused > 100)
    }

    private static func mutate(_ bytes: inout [UInt8], _ chance: inout Jitter) {
        guard !bytes.isEmpty else { return }
        let place = chance.below(bytes.count)
        switch chance.below(5) {
        case 0: bytes[place] = UInt8(chance.below(256))
        case 1: bytes.remove(at: place)
        case 2:
            bytes.insert(contentsOf: chance.pick(["\"", "{", "[", "9999999999999999999", "null", "\\u", "-"]).utf8, at: place)
        case 3: bytes.removeLast(min(bytes.count, chance.below(20)))
        default: bytes += bytes[place...]
        }
    }

    @Test("random bytes are refused", arguments: 1...4 as ClosedRange<UInt64>)
    func randomBytes(seed: UInt64) {
        var chance = Jitter(seed: seed)
        for _ in 0..<2_000 {
            let bytes = (0..<chance.below(64)).map { _ in UInt8(chance.below(256)) }
            #expect(throws: GatewayPayload.Malformed.self) { try GatewayPayload(decoding: bytes) }
            #expect(APIError(decoding: bytes) == nil)
            #expect(GatewayBot(decoding: bytes) == nil)
        }
    }

    private static func input(_ chance: inout Jitter) -> GatewaySession.Input {
        let numbers = [nil, 0, 1, 2, 3, 100, .max, .min] as [Int?]
        let codes: [UInt16?] = [nil, 1000, 1001, 1006, 4000, 4003, 4005, 4007, 4008, 4009, 4014, 4999, 4004]
        switch chance.below(26) {
        case 0: return .start
        case 1, 2: return .gatewayAddress(chance.pick([mainURL, resumeURL, "", "https://x", "wss://"]))
        case 3: return .gatewayAddressFailed(.unavailable(retryAfter: chance.pick([nil, .seconds(-5), .seconds(1 << 40)])))
        case 4, 5: return .opened
        case 6: return .connectFailed("refused")
        case 7, 8: return .received(.hello(heartbeatInterval: chance.pick([41_250, 0, -1, 1e300, .nan, 5_000])))
        case 9, 10: return .identifyPermitted
        case 11, 12: return dispatch(chance.pick(numbers), .ready(greeting))
        case 13: return dispatch(chance.pick(numbers), .resumed)
        case 14: return dispatch(chance.pick(numbers), chance.pick([message(1), .other("X"), .undecodable("READY")]))
        case 15: return .received(.heartbeatRequest)
        case 16, 17, 18: return .received(.heartbeatAcknowledged)
        case 19: return .received(.reconnect)
        case 20: return .received(.invalidSession(isResumable: chance.fraction() < 0.5))
        case 21: return .malformed(.noOperation)
        case 22: return .presence(Presence(text: "\(chance.below(9))"))
        case 23: return .closed(code: chance.fraction() < 0.02 ? 4004 : codes[chance.below(codes.count - 1)])
        case 24: return chance.fraction() < 0.02 ? .stop(keepSession: chance.fraction() < 0.5) : .tick
        default: return .tick
        }
    }

    /// What a well-behaved peer would do next, so that chance also gets far.
    private static func progress(_ phase: GatewaySession.Phase) -> GatewaySession.Input {
        switch phase {
        case .idle: .start
        case .awaitingAddress: .gatewayAddress(mainURL)
        case .dialing: .opened
        case .awaitingHello: hello
        case .awaitingIdentifyPermit: .identifyPermitted
        case .identifying: dispatch(1, .ready(greeting))
        case .resuming: dispatch(2, .resumed)
        case .ready: acknowledged
        case .closing: .closed(code: 4000)
        case .backingOff, .stopped: .tick
        }
    }

    /// What a session must never do, whatever it is told.
    struct Rules {
        var isGreeted = false
        var visited: Set<GatewaySession.Phase> = []
        var identifies = 0

        mutating func check(_ input: GatewaySession.Input, _ actions: [GatewaySession.Action], _ session: GatewaySession) {
            if case .received(.hello) = input { isGreeted = true }
            for action in actions {
                switch action {
                case .send(let command, _):
                    #expect(isGreeted, "sent before Hello")
                    #expect((try? command.encoded(token: Secret("t"))) != nil)
                    if case .identify = command {
                        identifies += 1
                        #expect(input == .identifyPermitted, "identified without a permit")
                    }
                case .connect, .close, .abort: isGreeted = false
                default: break
                }
            }
            if case .closed = input { isGreeted = false }
            let isWaiting = session.phase != .idle && session.phase != .stopped
            #expect((session.deadline != nil) == isWaiting, "\(session.phase) and its deadline")
            #expect(actions.count <= 8)
            visited.insert(session.phase)
        }
    }

    @Test("of any order leaves a session alive, patient and within the rules", arguments: 1...4 as ClosedRange<UInt64>)
    func sessions(seed: UInt64) {
        var chance = Jitter(seed: seed)
        var rules = Rules()
        var session = GatewaySession.idle(intents: .conversationAndText)
        var now = Instant.origin
        for _ in 0..<20_000 {
            let next = chance.fraction() < 0.3 ? session.deadline ?? now : now.advanced(by: chance.duration(to: .seconds(3)))
            now = max(now, next)
            let input = chance.fraction() < 0.6 ? Self.progress(session.phase) : Self.input(&chance)
            let actions = session.handle(input, at: now)
            rules.check(input, actions, session)
            if session.phase == .stopped {
                session = GatewaySession(
                    intents: .conversationAndText,
                    resuming: chance.fraction() < 0.5 ? record(3, intents: .conversationAndText) : nil,
                    jitter: Jitter(seed: seed))
                rules.isGreeted = false
            }
        }
        #expect(rules.visited == Set(GatewaySession.Phase.allCases))
        #expect(rules.identifies > 100)
    }

    @Test("of any order ends every request once and keeps the pace", arguments: 1...2 as ClosedRange<UInt64>)
    func limiter(seed: UInt64) throws {
        var chance = Jitter(seed: seed)
        var run = LimiterRun(seed: seed)
        for _ in 0..<10_000 {
            run.step(&chance, enqueues: true)
        }
        while !run.open.isEmpty {
            run.step(&chance, enqueues: false)
        }
        #expect(run.ended.count > 1_000)
        #expect(run.limiter.deadline == nil)
    }
}

/// A limiter between random callers and a random Discord.
private struct LimiterRun {
    var limiter: RateLimiter
    var now = Instant.origin
    var open: Set<RateLimiter.RequestID> = []
    var ended: Set<RateLimiter.RequestID> = []
    private var inFlight: [RateLimiter.RequestID] = []
    private var paced: [Instant] = []
    private var interactions: Set<RateLimiter.RequestID> = []
    private var number: UInt64 = 0

    init(seed: UInt64) {
        limiter = RateLimiter(jitter: Jitter(seed: seed))
    }

    mutating func step(_ chance: inout Jitter, enqueues: Bool) {
        now =
            chance.fraction() < 0.2
            ? max(now, limiter.deadline ?? now) : now.advanced(by: chance.duration(to: .milliseconds(200)))
        let input = input(&chance, enqueues: enqueues)
        for action in limiter.handle(input, at: now) {
            perform(action)
        }
        #expect((limiter.deadline != nil) == (limiter.queueDepth > 0))
        #expect(limiter.queueDepth <= RateLimiter.capacity)
    }

    private mutating func input(_ chance: inout Jitter, enqueues: Bool) -> RateLimiter.Input {
        let choice = chance.below(10)
        if enqueues, choice < 4 {
            return enqueue(&chance)
        }
        guard choice < 9, !inFlight.isEmpty else { return .tick }
        let id = inFlight.remove(at: chance.below(inFlight.count))
        if choice == 8 { return .failed(id, sent: chance.fraction() < 0.5) }
        return .completed(id, Self.answer(&chance))
    }

    private mutating func enqueue(_ chance: inout Jitter) -> RateLimiter.Input {
        number += 1
        let id = RateLimiter.RequestID(rawValue: number)
        open.insert(id)
        let isInteraction = chance.fraction() < 0.2
        let request =
            isInteraction
            ? RESTRequest.respond(to: Snowflake(rawValue: number), Secret("t"), with: .deferredUpdate)
            : RESTRequest.triggerTyping(in: Snowflake(rawValue: UInt64(chance.below(30))))
        if isInteraction { interactions.insert(id) }
        let expires = now.advanced(by: chance.duration(from: .seconds(-1), to: .seconds(60)))
        return .enqueue(
            id, RateLimiter.Request(request, priority: chance.pick(RateLimiter.Priority.allCases), expires: expires))
    }

    private static func answer(_ chance: inout Jitter) -> RateLimitAnswer {
        RateLimitAnswer(
            status: chance.pick([200, 200, 200, 204, 403, 404, 429, 429, 500, 502]),
            limit: chance.pick([nil, 0, -1, 1, 5, .max]),
            remaining: chance.pick([nil, 0, -1, 1, 4, .max]),
            resetAfter: chance.pick([nil, .zero, .seconds(-1), .seconds(2), .seconds(604_800)]),
            bucket: chance.pick([nil, "a", "b"]), scope: chance.pick([nil, .user, .global, .shared]),
            retryAfter: chance.pick([nil, .zero, .seconds(1), .seconds(30)]), isJSON: chance.fraction() < 0.999,
            hasVia: chance.fraction() < 0.999, code: chance.pick([nil, nil, 50_001, 50_013, 10_003]))
    }

    private mutating func perform(_ action: RateLimiter.Action) {
        switch action {
        case .start(let id):
            #expect(open.contains(id) && !inFlight.contains(id))
            inFlight.append(id)
            guard !interactions.contains(id) else { return }
            paced.removeAll { $0.advanced(by: .seconds(1)) <= now }
            paced.append(now)
            #expect(paced.count <= 50)
        case .deliver(let id), .fail(let id, _):
            #expect(open.remove(id) != nil)
            #expect(ended.insert(id).inserted)
        case .tokenRejected, .report:
            break
        }
    }
}
