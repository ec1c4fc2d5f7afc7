import Discord
import Testing
import Timing

@Suite("close codes")
struct CloseCodeTests {
    enum Outcome {
        /// Resumes without a pause.
        case resumes
        /// Backs off, then resumes.
        case resumesLater
        /// Backs off, then identifies.
        case identifies
        case stops(GatewaySession.StopReason)
    }

    struct Row {
        let code: UInt16?
        let outcome: Outcome
        /// After a resume that ended with the code; the same as above where it makes no difference.
        let keepsResuming: Bool
        let isOurFault: Bool

        init(_ code: UInt16?, _ outcome: Outcome, keepsResuming: Bool = true, isOurFault: Bool = false) {
            (self.code, self.outcome, self.keepsResuming, self.isOurFault) = (code, outcome, keepsResuming, isOurFault)
        }
    }

    static let table = [
        Row(nil, .resumes),
        Row(0, .resumes),
        Row(1000, .resumes, keepsResuming: false),
        Row(1001, .resumes),
        Row(1006, .resumes),
        Row(1011, .resumes),
        Row(1012, .resumes),
        Row(1013, .resumes),
        Row(3999, .resumes),
        Row(4000, .resumes),
        Row(4001, .resumes, isOurFault: true),
        Row(4002, .resumes, isOurFault: true),
        Row(4003, .identifies),
        Row(4004, .stops(.authenticationFailed)),
        Row(4005, .resumes, isOurFault: true),
        Row(4006, .identifies),
        Row(4007, .identifies),
        Row(4008, .resumesLater, isOurFault: true),
        Row(4009, .identifies),
        Row(4010, .stops(.invalidShard)),
        Row(4011, .stops(.shardingRequired)),
        Row(4012, .stops(.invalidVersion)),
        Row(4013, .stops(.invalidIntents)),
        Row(4014, .stops(.disallowedIntents)),
        Row(4015, .resumes, keepsResuming: false),
        Row(4999, .resumes, keepsResuming: false),
        Row(5000, .resumes),
        Row(.max, .resumes),
    ]

    private func reports(_ row: Row, during phase: GatewaySession.Phase) -> [GatewaySession.Action] {
        let fault = row.isOurFault ? row.code.map { [GatewaySession.Action.report(.ownFault(code: $0))] } ?? [] : []
        return [.report(.closed(code: row.code, during: phase))] + fault
    }

    private let dropped: [GatewaySession.Action] = [.saveSession(nil), .report(.sessionDropped)]

    /// The first wait of a backoff, when the chance has given the first heartbeat already.
    private var wait: Duration {
        var chance = GatewaySession.chance
        _ = chance.fraction()
        return chance.duration(to: .seconds(1))
    }

    @Test("each has its consequence for a ready session", arguments: table)
    func ready(_ row: Row) {
        var session = GatewaySession.ready()
        let expected: [GatewaySession.Action] =
            switch row.outcome {
            case .resumes: [resumeConnect]
            case .resumesLater: [.report(.backingOff(wait))]
            case .identifies: dropped + [.report(.backingOff(wait))]
            case .stops(let reason): dropped + [.stopped(reason)]
            }
        #expect(session.handle(.closed(code: row.code), at: .origin) == reports(row, during: .ready) + expected)
    }

    @Test("each has its consequence for a resume", arguments: table)
    func resuming(_ row: Row) {
        var session = GatewaySession.resuming()
        let expected: [GatewaySession.Action] =
            switch row.outcome {
            case .resumes where row.keepsResuming, .resumesLater: [.report(.backingOff(wait))]
            case .resumes, .identifies: dropped + [.report(.backingOff(wait))]
            case .stops(let reason): dropped + [.stopped(reason)]
            }
        #expect(session.handle(.closed(code: row.code), at: .origin) == reports(row, during: .resuming) + expected)
    }

    @Test("each has its consequence for an identify", arguments: table)
    func identifying(_ row: Row) {
        var session = GatewaySession.walked(GatewaySession.toIdentifying)
        let expected: [GatewaySession.Action] =
            if case .stops(let reason) = row.outcome { [.stopped(reason)] } else { [.report(.backingOff(wait))] }
        #expect(session.handle(.closed(code: row.code), at: .origin) == reports(row, during: .identifying) + expected)
    }

    @Test("disallowed intents are given up once, and the bot runs without them")
    func reducesIntents() {
        var session = GatewaySession.walked(GatewaySession.toIdentifying, intents: .conversationAndText)
        let actions = session.handle(.closed(code: 4014), at: .origin)
        #expect(
            actions == [
                .report(.closed(code: 4014, during: .identifying)), .report(.intentsReduced(to: .conversation)),
                .report(.backingOff(wait)),
            ])
        session.walk([.tick, .opened, hello], at: second(2))
        let identify = session.handle(.identifyPermitted, at: second(2))
        #expect(identify == [.send(.identify(intents: .conversation, .only, nil), urgent: false)])
        #expect(session.handle(.closed(code: 4014), at: second(2)).last == .stopped(.disallowedIntents))
    }

    @Test("a fatal code counts although we were closing ourselves")
    func fatalWhileClosing() {
        var session = GatewaySession.ready()
        session.walk([.received(.reconnect)])
        #expect(session.handle(.closed(code: 4004), at: .origin) == dropped + [.stopped(.authenticationFailed)])
    }
}
