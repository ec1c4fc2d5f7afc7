import Discord
import Testing
import Timing

/// Runs as they happen, line by line. A bug gets its transcript here before its fix.
@Suite("transcripts")
struct TranscriptTests {
    private var chance = GatewaySession.chance

    private mutating func beat() -> Duration {
        chance.duration(to: .seconds(40))
    }

    private mutating func wait(_ failures: Int) -> Duration {
        chance.duration(to: .seconds(1 << failures))
    }

    @Test("a restart keeps the session: one process saves it, the next resumes it and misses nothing")
    func restart() throws {
        var first = GatewaySession.ready()
        replay(
            &first,
            [
                Step(0.1, dispatch(2, message(1)), [.dispatch(message(1))]),
                Step(0.1, settled(2), []),
                Step(
                    0.2, .stop(keepSession: true), [.saveSession(record(2)), .close(code: 4000)]),
                Step(0.2, dispatch(3, message(2)), []),
                Step(0.3, .closed(code: 4000), [.stopped(.requested)]),
            ])
        var second = GatewaySession.idle(resuming: record(2))
        replay(
            &second,
            [
                Step(0, .start, [.fetchGatewayAddress]),
                Step(0, .gatewayAddress(mainURL), [resumeConnect]),
                Step(0, .opened, []),
                Step(0, hello, [.send(.resume(sessionID: "s1", sequence: 2), urgent: false)]),
                Step(0, dispatch(3, message(2)), [.dispatch(message(2))]),
                Step(0, settled(3), []),
                Step(0, dispatch(4, .resumed), [.saveSession(record(4)), .report(.resumed), .dispatch(.resumed)]),
            ])
    }

    @Test("an identify that Discord refuses is repeated after the longer of the random wait and the backoff")
    mutating func identifyRefused() {
        var session = GatewaySession.walked(GatewaySession.toIdentifying)
        _ = beat()
        let random = chance.duration(from: .seconds(1), to: .seconds(5))
        let backoff = wait(0)
        replay(
            &session,
            [
                Step(
                    1, .received(.invalidSession(isResumable: false)),
                    [.report(.sessionInvalidated(isResumable: false)), .close(code: 4000)]),
                Step(1, .closed(code: nil), [.report(.backingOff(max(random, backoff)))]),
            ])
    }

    @Test("a resume that Discord refuses ends in an identify on the main host")
    mutating func resumeRefused() {
        var session = GatewaySession.resuming()
        _ = beat()
        let random = chance.duration(from: .seconds(1), to: .seconds(5))
        replay(
            &session,
            [
                Step(
                    1, .received(.invalidSession(isResumable: false)),
                    [
                        .report(.sessionInvalidated(isResumable: false)), .saveSession(nil), .report(.sessionDropped),
                        .close(code: 4000),
                    ]),
                Step(1, .closed(code: 4000), [.report(.backingOff(random))]),
                Step(6, .tick, [mainConnect]),
                Step(6, .opened, []),
                Step(6, hello, [.requestIdentifyPermit]),
            ])
    }

    @Test("an outage of five minutes is left through the main host, with the same session")
    mutating func outage() {
        var session = GatewaySession.ready()
        _ = beat()
        session.walk([.closed(code: nil), .connectFailed("unreachable"), .connectFailed("unreachable")])
        while let deadline = session.deadline, deadline < second(300) {
            session.walk([.tick, .gatewayAddressFailed(.unavailable(retryAfter: nil))], at: deadline)
        }
        let end = session.deadline ?? .origin
        replay(
            &session,
            [
                Step(end, .tick, [.fetchGatewayAddress]),
                Step(end, .gatewayAddress(mainURL), [mainConnect]),
                Step(end, .opened, []),
                Step(end, hello, [.send(.resume(sessionID: "s1", sequence: 1), urgent: false)]),
            ])
    }

    @Test(
        "connecting and being dropped or refused again slows down, and does not eat the identify budget",
        arguments: [[], [.received(.invalidSession(isResumable: false))]] as [[GatewaySession.Input]])
    func acceptAndDrop(before: [GatewaySession.Input]) {
        var session = GatewaySession.walked(GatewaySession.toPermit)
        var identifies = 0
        var now = Instant.origin
        while now < second(3_600) {
            identifies += session.handle(.identifyPermitted, at: now).count
            session.walk(before + [.closed(code: 4000)], at: now)
            now = session.deadline ?? now
            session.walk([.tick, .opened, hello], at: now)
        }
        #expect((60...240).contains(identifies))
    }

    @Test("a permit that is long in coming is asked for again, while the heart beats")
    mutating func slowPermit() {
        var session = GatewaySession.walked(GatewaySession.toPermit)
        var requests = 0
        while let deadline = session.deadline, deadline <= second(600) {
            requests += session.handle(.tick, at: deadline).count { $0 == .requestIdentifyPermit }
            session.walk([acknowledged], at: deadline)
        }
        #expect(requests == 1)
        #expect(session.phase == .awaitingIdentifyPermit)
    }
}
