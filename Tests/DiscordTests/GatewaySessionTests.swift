import Discord
import Testing
import Timing

@Suite("a gateway session")
struct GatewaySessionTests {
    /// The waits that the walks' chance gives, in the order in which a session asks for them.
    var chance = GatewaySession.chance

    /// When the first heartbeat is due on a connection that was greeted at `greeting`.
    mutating func firstBeat(after greeting: Instant = .origin) -> Instant {
        greeting.advanced(by: chance.duration(to: .seconds(40)))
    }

    @Test("comes from nothing to ready in order")
    mutating func fresh() {
        var session = GatewaySession.idle()
        let beat = firstBeat(after: second(3))
        #expect(session.deadline == nil)
        replay(
            &session,
            [
                Step(0, .start, [.fetchGatewayAddress]),
                Step(1, .gatewayAddress(mainURL), [mainConnect]),
                Step(2, .opened, []),
                Step(3, hello, [.requestIdentifyPermit]),
                Step(3.1, .identifyPermitted, [.send(.identify(intents: .conversation, .only, nil), urgent: false)]),
                Step(
                    3.2, dispatch(1, .ready(greeting)),
                    [.saveSession(record(1)), .report(.ready), .dispatch(.ready(greeting))]),
            ])
        #expect(session.phase == .ready)
        #expect(session.deadline == beat)
    }

    @Test("goes on with a stored session at its resume host")
    func resumes() {
        var session = GatewaySession.idle(resuming: record(9))
        replay(
            &session,
            [
                Step(0, .start, [.fetchGatewayAddress]),
                Step(0, .gatewayAddress(mainURL), [resumeConnect]),
                Step(0, .opened, []),
                Step(0, hello, [.send(.resume(sessionID: "s1", sequence: 9), urgent: false)]),
                Step(0, dispatch(10, message(1)), [.dispatch(message(1))]),
                Step(0, settled(10), []),
                Step(0, dispatch(11, .resumed), [.saveSession(record(11)), .report(.resumed), .dispatch(.resumed)]),
            ])
    }

    @Test(
        "does not go on with a session of another plan",
        arguments: [
            SessionRecord(
                sessionID: "s1", resumeURL: nil, sequence: 1, shard: Shard(id: 0, count: 2), intents: .conversation, botID: 7),
            SessionRecord(
                sessionID: "s1", resumeURL: nil, sequence: 1, shard: .only, intents: .conversationAndText, botID: 7),
            SessionRecord(sessionID: "s1", resumeURL: nil, sequence: 1, shard: .only, intents: .conversation, botID: 8),
            SessionRecord(sessionID: "s1", resumeURL: nil, sequence: -1, shard: .only, intents: .conversation, botID: 7),
            SessionRecord(sessionID: "", resumeURL: nil, sequence: 1, shard: .only, intents: .conversation, botID: 7),
        ])
    func foreignRecord(_ record: SessionRecord) {
        #expect(GatewaySession.idle(resuming: record).session == nil)
    }

    @Test("does not carry the token in the clear to a resume host when the main host is secure")
    func downgrade() {
        let weak = SessionRecord(
            sessionID: "s1", resumeURL: "ws://resume.example.invalid", sequence: 1, shard: .only, intents: .conversation, botID: 7
        )
        var session = GatewaySession.walked([.start], resuming: weak)
        #expect(session.handle(.gatewayAddress(mainURL), at: .origin) == [mainConnect])
    }

    @Test("refuses an address that is no websocket, and asks again later")
    mutating func badAddress() {
        var session = GatewaySession.walked([.start])
        let wait = chance.duration(to: .seconds(1))
        let actions = session.handle(.gatewayAddress("https://gateway.example.invalid"), at: .origin)
        #expect(actions == [.report(.addressRejected), .report(.backingOff(wait))])
        #expect(session.handle(.tick, at: Instant.origin.advanced(by: wait)) == [.fetchGatewayAddress])
    }

    @Test("stops when the token is refused, and takes in nothing after that")
    func unauthorized() {
        var session = GatewaySession.walked([.start])
        #expect(session.handle(.gatewayAddressFailed(.unauthorized), at: .origin) == [.stopped(.authenticationFailed)])
        #expect(session.handle(.start, at: .origin) == [])
        #expect(session.deadline == nil)
    }

    @Test("waits as long as Discord asks before it asks for the address again")
    func retryAfter() {
        var session = GatewaySession.walked([.start])
        let actions = session.handle(.gatewayAddressFailed(.unavailable(retryAfter: .seconds(30))), at: .origin)
        #expect(actions == [.report(.addressUnavailable), .report(.backingOff(.seconds(30)))])
        #expect(session.handle(.tick, at: second(29.9)) == [])
        #expect(session.handle(.tick, at: second(30)) == [.fetchGatewayAddress])
    }

    @Test("answers a request for a heartbeat at once and keeps its schedule")
    func requestedBeat() {
        var session = GatewaySession.ready()
        let deadline = session.deadline
        let actions = session.handle(.received(.heartbeatRequest), at: second(0.1))
        #expect(actions == [.send(.heartbeat(sequence: 1), urgent: true)])
        #expect(session.deadline == deadline)
    }

    @Test("beats with null before the first event")
    mutating func nullBeat() {
        var session = GatewaySession.walked(GatewaySession.toPermit)
        #expect(session.handle(.tick, at: firstBeat()) == [.send(.heartbeat(sequence: nil), urgent: true)])
    }

    @Test("leaves a connection whose heartbeat was not acknowledged when the next one is due, and resumes")
    mutating func zombie() {
        var session = GatewaySession.ready()
        let beat = firstBeat()
        func later(_ seconds: Double) -> Instant { beat.advanced(by: .seconds(seconds)) }
        replay(
            &session,
            [
                Step(beat, .tick, [.send(.heartbeat(sequence: 1), urgent: true)]),
                Step(later(1), acknowledged, [.report(.heartbeatAcknowledged(after: .seconds(1)))]),
                Step(later(40), .tick, [.send(.heartbeat(sequence: 1), urgent: true)]),
                Step(later(79.9), .tick, []),
                Step(later(80), .tick, [.report(.heartbeatMissed), .close(code: 4000)]),
                Step(later(84), .tick, [.abort, .report(.closeTimedOut), resumeConnect]),
            ])
    }

    @Test("ignores a flood of heartbeat requests instead of breaking Discord's send limit")
    func beatFlood() {
        var session = GatewaySession.ready()
        let answers = (0..<1_000).flatMap { _ in session.handle(.received(.heartbeatRequest), at: second(1)) }
        let sent = answers.count { $0 == .send(.heartbeat(sequence: 1), urgent: true) }
        // What is left of 120 belongs to the scheduled beats, of which there is at most one a second.
        #expect((40...58).contains(sent))
        #expect(answers.count { $0 == .report(.heartbeatRequestIgnored) } == 1_000 - sent)
        #expect(session.handle(.received(.heartbeatRequest), at: second(61)) == [.send(.heartbeat(sequence: 1), urgent: true)])
    }

    @Test(
        "corrects an absurd heartbeat interval",
        arguments: [
            (0, 1), (-5, 1), (999, 1), (1e300, 300), (-.infinity, 1), (.infinity, 300), (.nan, 1),
        ] as [(Double, Int)])
    func interval(milliseconds: Double, seconds: Int) {
        var session = GatewaySession.walked(GatewaySession.toAwaitingHello)
        let actions = session.handle(.received(.hello(heartbeatInterval: milliseconds)), at: .origin)
        #expect(actions == [.report(.intervalCorrected(to: .seconds(seconds))), .requestIdentifyPermit])
    }

    @Test("closes and resumes at once when Discord asks for a reconnect")
    func reconnect() {
        var session = GatewaySession.ready()
        replay(
            &session,
            [
                Step(1, .received(.reconnect), [.report(.reconnectRequested), .close(code: 4000)]),
                Step(1.1, dispatch(2, message(1)), []),
                Step(1.2, .closed(code: 4000), [resumeConnect]),
            ])
    }

    @Test("backs off when a reconnect is asked for before Hello")
    mutating func earlyReconnect() {
        var session = GatewaySession.walked(GatewaySession.toAwaitingHello)
        let wait = chance.duration(to: .seconds(1))
        replay(
            &session,
            [
                Step(0, .received(.reconnect), [.report(.reconnectRequested), .close(code: 4000)]),
                Step(0, .closed(code: 4000), [.report(.backingOff(wait))]),
            ])
    }

    @Test("waits one to five seconds after an invalid session", arguments: [true, false])
    mutating func invalidSession(isResumable: Bool) {
        var session = GatewaySession.ready()
        _ = chance.fraction()
        let wait = chance.duration(from: .seconds(1), to: .seconds(5))
        let dropped: [GatewaySession.Action] = isResumable ? [] : [.saveSession(nil), .report(.sessionDropped)]
        replay(
            &session,
            [
                Step(
                    1, .received(.invalidSession(isResumable: isResumable)),
                    [.report(.sessionInvalidated(isResumable: isResumable))] + dropped + [.close(code: 4000)]),
                Step(1, .closed(code: 4000), [.report(.backingOff(wait))]),
                Step(1 + wait.seconds + 1e-6, .tick, [isResumable ? resumeConnect : mainConnect]),
            ])
    }

    @Test("falls back to the main host with the same session when the resume host is dead")
    mutating func deadResumeHost() {
        var session = GatewaySession.ready()
        replay(
            &session,
            [
                Step(1, .closed(code: nil), [.report(.closed(code: nil, during: .ready)), resumeConnect]),
                Step(2, .connectFailed("no such host"), [.report(.connectFailed("no such host")), mainConnect]),
                Step(3, .opened, []),
                Step(4, hello, [.send(.resume(sessionID: "s1", sequence: 1), urgent: false)]),
            ])
    }

    @Test("takes a resume host that accepts and stays silent for dead")
    mutating func silentResumeHost() {
        var session = GatewaySession.ready()
        _ = firstBeat()
        let wait = chance.duration(to: .seconds(1))
        session.walk([.closed(code: nil), .opened])
        replay(
            &session,
            [
                Step(20, .tick, [.report(.helloTimedOut), .close(code: 4000)]),
                Step(20, .closed(code: nil), [.report(.backingOff(wait))]),
                Step(21, .tick, [mainConnect]),
                Step(21, .opened, []),
                Step(21, hello, [.send(.resume(sessionID: "s1", sequence: 1), urgent: false)]),
            ])
    }

    @Test("forgets old failures once a connection has been stable for a minute")
    func stability() {
        var session = GatewaySession.walked([.start])
        for _ in 1...10 {
            session.walk([.gatewayAddressFailed(.unavailable(retryAfter: nil)), .tick], at: session.deadline ?? .origin)
            session.walk([.tick], at: session.deadline ?? .origin)
        }
        let now = session.deadline ?? .origin
        session.walk(Array(GatewaySession.toReady.dropFirst()), at: now)
        session.walk([.tick, acknowledged, .tick], at: now.advanced(by: .seconds(60)))
        let actions = session.handle(.closed(code: 4008), at: now.advanced(by: .seconds(61)))
        guard case .report(.backingOff(let wait)) = actions.last else {
            Issue.record("does not back off: \(actions)")
            return
        }
        #expect(wait <= .seconds(1))
    }

    @Test("fetches the address again when the main host is dead")
    mutating func deadMainHost() {
        var session = GatewaySession.walked(GatewaySession.toDialing)
        let wait = chance.duration(to: .seconds(1))
        replay(
            &session,
            [
                Step(30, .tick, [.abort, .report(.dialTimedOut), .report(.backingOff(wait))]),
                Step(31, .tick, [.fetchGatewayAddress]),
            ])
    }

    @Test("identifies after three resumes in a row that came to nothing")
    func resumeLoop() {
        var session = GatewaySession.resuming()
        for attempt in 1...3 {
            let actions = session.handle(.closed(code: 4000), at: .origin)
            #expect(actions.contains(.saveSession(nil)) == (attempt == 3))
            session.walk([.tick], at: session.deadline ?? .origin)
            session.walk([.opened])
            let greeted = session.handle(hello, at: .origin)
            let resume = [GatewaySession.Action.send(.resume(sessionID: "s1", sequence: 9), urgent: false)]
            #expect(greeted == (attempt == 3 ? [.requestIdentifyPermit] : resume))
        }
    }

    @Test("drops only the first time without a pause, until a connection has been stable for a minute")
    func dropLoop() {
        var session = GatewaySession.ready()
        let resumed: [GatewaySession.Input] = [.opened, hello, dispatch(2, .resumed)]
        #expect(session.handle(.closed(code: nil), at: .origin).last == resumeConnect)
        session.walk(resumed)
        _ = session.handle(.closed(code: nil), at: second(59))
        #expect(session.phase == .backingOff)
        session.walk([.tick], at: second(61))
        session.walk(resumed, at: second(61))
        session.walk([.received(.heartbeatAcknowledged), .tick], at: second(121))
        #expect(session.handle(.closed(code: nil), at: second(122)).last == resumeConnect)
    }

    @Test("gives up on a peer that stays silent, in every state")
    func silence() {
        typealias Wait = (String, [GatewaySession.Input], SessionRecord?, Double, [GatewaySession.Action])
        let close = GatewaySession.Action.close(code: 4000)
        let waits: [Wait] = [
            ("hello", GatewaySession.toAwaitingHello, nil, 20, [.report(.helloTimedOut), close]),
            ("ready", GatewaySession.toIdentifying, nil, 30, [.report(.readyTimedOut), close]),
            ("resumed", GatewaySession.toResuming, record(9), 30, [.report(.resumedTimedOut), close]),
        ]
        for (name, inputs, record, timeout, actions) in waits {
            var session = GatewaySession.walked(inputs, resuming: record)
            session.walk([.tick, acknowledged], at: second(timeout - 0.1))
            #expect(session.handle(.tick, at: second(timeout)) == actions, "\(name)")
        }
    }

    @Test("waits for RESUMED as long as events are replayed")
    func replayStretches() {
        var session = GatewaySession.resuming()
        session.walk([dispatch(10, message(1))], at: second(29))
        session.walk([.tick, acknowledged], at: second(58))
        #expect(session.phase == .resuming)
        #expect(session.handle(.tick, at: second(59)) == [.report(.resumedTimedOut), .close(code: 4000)])
    }

    @Test("keeps the highest event number, reports a gap, and saves at most every half second")
    func sequence() {
        var session = GatewaySession.ready()
        replay(
            &session,
            [
                Step(0.1, dispatch(2, message(1)), [.dispatch(message(1))]),
                Step(0.2, dispatch(5, message(2)), [.report(.sequenceGap(missing: 2)), .dispatch(message(2))]),
                Step(0.2, settled(2), []),
                Step(0.2, settled(5), []),
                Step(0.3, dispatch(4, message(3)), [.dispatch(message(3))]),
                Step(0.3, dispatch(nil, message(4)), [.dispatch(message(4))]),
                Step(0.4, dispatch(.min, .other("TYPING_START")), []),
                Step(0.6, .tick, [.saveSession(record(5))]),
            ])
    }

    @Test("leaves to the next process what it could not deal with: it resumes before the oldest of it")
    func unsettled() {
        var session = GatewaySession.ready()
        replay(
            &session,
            [
                Step(0.1, dispatch(2, message(1)), [.dispatch(message(1))]),
                Step(0.1, dispatch(3, message(2)), [.dispatch(message(2))]),
                Step(0.1, dispatch(4, message(3)), [.dispatch(message(3))]),
                Step(0.2, settled(3), []),
                Step(0.6, .tick, [.saveSession(record(1))]),
                Step(0.7, settled(2), []),
                // A session of another name has numbers of its own, and what is settled twice changes nothing.
                Step(0.7, .settled(sequence: 4, session: "other"), []),
                Step(0.7, settled(2), []),
                Step(1.2, .tick, [.saveSession(record(3))]),
                Step(1.3, .stop(keepSession: true), [.saveSession(record(3)), .close(code: 4000)]),
                Step(1.4, settled(4), [.saveSession(record(4))]),
                Step(1.5, .closed(code: nil), [.stopped(.requested)]),
            ])
    }

    @Test("lets pass what nobody wants, unless there is more to do about it")
    func passes() {
        var session = GatewaySession.ready()
        func passes(_ sequence: Int, _ seconds: Double) -> Bool { session.passes(sequence, at: second(seconds)) }
        // The first one makes the record due.
        #expect(passes(2, 0.1) == false)
        session.walk([dispatch(2, .other("MESSAGE_CREATE"))], at: second(0.1))
        #expect(passes(3, 0.2))
        #expect(passes(5, 0.2) == false, "a gap is to be reported")
        #expect(passes(3, 0.2) == false, "a duplicate is nothing to take over")
        #expect(session.session?.sequence == 3)
        #expect(session.handle(.tick, at: second(0.6)) == [.saveSession(record(3))])
        var resuming = GatewaySession.resuming()
        let passed = resuming.passes(10, at: second(1))
        #expect(!passed, "a replay stretches the wait for its end")
    }

    @Test("falls back to another compression when streams keep breaking, and keeps the session")
    func compressionFallsBack() {
        var session = GatewaySession(
            intents: .conversation, compression: .zstdStream, resuming: record(9), botID: 7, jitter: GatewaySession.chance)
        var kinds: [TransportCompression] = []
        var actions = session.handle(.start, at: .origin) + session.handle(.gatewayAddress(mainURL), at: .origin)
        for _ in 0..<30 where kinds.count < 6 {
            for case .connect(let url, let kind) in actions {
                kinds.append(kind)
                #expect(url.contains("compress=\(kind.rawValue)") == (kind != .none))
                session.walk([.opened, .streamCorrupted, .closed(code: nil)], at: session.deadline ?? .origin)
            }
            actions = session.handle(.tick, at: session.deadline ?? .origin)
            if actions == [.fetchGatewayAddress] { actions = session.handle(.gatewayAddress(mainURL), at: .origin) }
        }
        #expect(kinds == [.zstdStream, .zstdStream, .zlibStream, .zlibStream, .none, .none])
    }

    @Test("does not ask again for intents that another shard was refused")
    func intentsWithdrawn() {
        var waiting = GatewaySession.walked(GatewaySession.toPermit, intents: .conversationAndText)
        #expect(waiting.handle(.intentsWithdrawn, at: .origin) == [])
        #expect(
            waiting.handle(.identifyPermitted, at: .origin) == [
                .send(.identify(intents: .conversation, .only, nil), urgent: false)
            ])
        var ready = GatewaySession.ready(intents: .conversationAndText)
        #expect(ready.handle(.intentsWithdrawn, at: .origin) == [])
        #expect(ready.intents == .conversationAndText, "a session that stands keeps what it was granted")
    }

    @Test("goes offline for good, or keeps the session for the next process", arguments: [true, false])
    func stops(keepSession: Bool) {
        var session = GatewaySession.ready()
        session.walk([dispatch(2, message(1)), settled(2)])
        let leaving: [GatewaySession.Action] =
            keepSession
            ? [.saveSession(record(2)), .close(code: 4000)]
            : [.saveSession(nil), .report(.sessionDropped), .close(code: 1000)]
        replay(
            &session,
            [
                Step(0.1, .stop(keepSession: keepSession), leaving),
                Step(0.2, dispatch(3, message(2)), []),
                Step(0.3, .closed(code: 1000), [.stopped(.requested)]),
            ])
    }

    @Test("stops although the peer never closes")
    func stopGrace() {
        var session = GatewaySession.ready()
        session.walk([.stop(keepSession: true)])
        #expect(session.deadline == second(4))
        #expect(session.handle(.tick, at: second(4)) == [.abort, .report(.closeTimedOut), .stopped(.requested)])
    }

    @Test("stops at once where there is no connection")
    func stopEarly() {
        var dialing = GatewaySession.walked(GatewaySession.toDialing)
        #expect(dialing.handle(.stop(keepSession: true), at: .origin) == [.abort, .stopped(.requested)])
        var idle = GatewaySession.idle(resuming: record(9))
        #expect(idle.handle(.stop(keepSession: true), at: .origin) == [.saveSession(record(9)), .stopped(.requested)])
    }

    @Test("withdraws its request for a permit when the connection goes, and does not identify on a late one")
    func latePermit() {
        var session = GatewaySession.walked(GatewaySession.toPermit)
        let actions = session.handle(.closed(code: nil), at: .origin)
        #expect(actions.first == .withdrawIdentifyPermit)
        #expect(session.handle(.identifyPermitted, at: .origin) == [])
    }

    @Test("passes over single unreadable payloads and leaves a stream of them")
    func malformed() {
        var session = GatewaySession.ready()
        let notice = GatewaySession.Action.report(.malformed(.noOperation))
        for _ in 1...9 {
            #expect(session.handle(.malformed(.noOperation), at: .origin) == [notice])
        }
        session.walk([.received(.heartbeatAcknowledged)])
        for _ in 1...9 {
            session.walk([.malformed(.noOperation)])
        }
        let actions = session.handle(.malformed(.noOperation), at: .origin)
        #expect(actions == [notice, .report(.streamBroken), .close(code: 4000)])
    }

    @Test("leaves when the first event cannot be read")
    func undecodableReady() {
        var session = GatewaySession.walked(GatewaySession.toIdentifying)
        let actions = session.handle(dispatch(1, .undecodable("READY")), at: .origin)
        #expect(actions == [.report(.eventUndecodable("READY")), .close(code: 4000)])
    }

    @Test("shows the last wanted presence, at most five times a minute")
    func presence() {
        var session = GatewaySession.ready()
        for number in 1...5 {
            let presence = Presence(text: "\(number)")
            #expect(session.handle(.presence(presence), at: .origin) == [.send(.presence(presence), urgent: false)])
        }
        #expect(session.handle(.presence(Presence(text: "6")), at: second(1)) == [])
        #expect(session.handle(.presence(Presence(text: "7")), at: second(2)) == [])
        session.walk([.tick, acknowledged, .tick, acknowledged], at: second(45))
        let actions = session.handle(.tick, at: second(60))
        #expect(actions.contains(.send(.presence(Presence(text: "7")), urgent: false)))
        #expect(!actions.contains(.send(.presence(Presence(text: "6")), urgent: false)))
    }

    @Test("puts the presence into the identify and does not send it twice")
    func presenceInIdentify() {
        var session = GatewaySession.idle()
        let presence = Presence(text: "all up")
        session.walk([.presence(presence)] + GatewaySession.toPermit)
        let identify = session.handle(.identifyPermitted, at: .origin)
        #expect(identify == [.send(.identify(intents: .conversation, .only, presence), urgent: false)])
        let actions = session.handle(dispatch(1, .ready(greeting)), at: .origin)
        #expect(actions == [.saveSession(record(1)), .report(.ready), .dispatch(.ready(greeting))])
    }
}
