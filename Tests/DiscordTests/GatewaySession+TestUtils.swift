import Discord
import Testing
import Timing

/// An instant so many seconds after the origin, to the microsecond, so that 1 + 0.4 is 1.4.
func second(_ seconds: Double) -> Instant {
    Instant(sinceOrigin: .microseconds(Int64((seconds * 1e6).rounded())))
}

let mainURL = "wss://gateway.example.invalid"
let resumeURL = "wss://resume.example.invalid"
let mainConnect = GatewaySession.Action.connect("wss://gateway.example.invalid/?v=10&encoding=json", .none)
let resumeConnect = GatewaySession.Action.connect("wss://resume.example.invalid/?v=10&encoding=json", .none)
let hello = GatewaySession.Input.received(.hello(heartbeatInterval: 40_000))
let acknowledged = GatewaySession.Input.received(.heartbeatAcknowledged)
let greeting = Ready(sessionID: "s1", resumeURL: resumeURL, botID: 7)

func dispatch(_ sequence: Int?, _ event: GatewayEvent) -> GatewaySession.Input {
    .received(.dispatch(sequence: sequence, event))
}

func message(_ id: UInt64) -> GatewayEvent {
    .messageCreated(Message(id: Snowflake(rawValue: id), channelID: 2, author: .init(id: 3), content: "is it down?"))
}

/// The receiver of an event of session `s1` is through with it.
func settled(_ sequence: Int) -> GatewaySession.Input {
    .settled(sequence: sequence, session: "s1")
}

func record(_ sequence: Int, intents: GatewayIntents = .conversation) -> SessionRecord {
    SessionRecord(
        sessionID: "s1", resumeURL: resumeURL, sequence: sequence, shard: .only, intents: intents, botID: 7)
}

/// Walks to each state, always with the same chance, so that waits can be foretold.
extension GatewaySession {
    static let chance = Jitter(seed: 42)

    static func idle(intents: GatewayIntents = .conversation, resuming record: SessionRecord? = nil) -> GatewaySession {
        GatewaySession(intents: intents, resuming: record, botID: 7, jitter: chance)
    }

    /// Performs inputs that are not what a test is about.
    mutating func walk(_ inputs: [Input], at now: Instant = .origin) {
        for input in inputs {
            _ = handle(input, at: now)
        }
    }

    static func walked(_ inputs: [Input], intents: GatewayIntents = .conversation, resuming record: SessionRecord? = nil) -> Self
    {
        var session = idle(intents: intents, resuming: record)
        session.walk(inputs)
        return session
    }

    static let toDialing: [Input] = [.start, .gatewayAddress(mainURL)]
    static let toAwaitingHello: [Input] = toDialing + [.opened]
    static let toPermit: [Input] = toAwaitingHello + [hello]
    static let toIdentifying: [Input] = toPermit + [.identifyPermitted]
    static let toReady: [Input] = toIdentifying + [dispatch(1, .ready(greeting))]
    /// With a session from before: greeted means resuming.
    static let toResuming: [Input] = toPermit

    static func ready(intents: GatewayIntents = .conversation) -> GatewaySession {
        walked(toReady, intents: intents)
    }

    static func resuming() -> GatewaySession {
        walked(toResuming, resuming: record(9))
    }
}

/// One line of a recorded run: when, what happened, and what has to be done about it.
struct Step {
    let at: Instant
    let input: GatewaySession.Input
    let actions: [GatewaySession.Action]

    init(_ seconds: Double, _ input: GatewaySession.Input, _ actions: [GatewaySession.Action]) {
        self.init(second(seconds), input, actions)
    }

    init(_ at: Instant, _ input: GatewaySession.Input, _ actions: [GatewaySession.Action]) {
        self.at = at
        self.input = input
        self.actions = actions
    }
}

/// Replays a run line by line.
func replay(_ session: inout GatewaySession, _ steps: [Step], sourceLocation: SourceLocation = #_sourceLocation) {
    for (number, step) in steps.enumerated() {
        let actions = session.handle(step.input, at: step.at)
        #expect(actions == step.actions, "line \(number) at \(step.at.sinceOrigin)", sourceLocation: sourceLocation)
    }
}
