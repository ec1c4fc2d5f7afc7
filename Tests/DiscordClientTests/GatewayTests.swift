import Discord
import DiscordClient
import Playground
import Testing

@Suite("The gateway’s client, against a local Discord", .timeLimit(.minutes(1)))
struct GatewayTests {
    @Test("is let in, hears people, and leaves when told to")
    func hearsPeople() async throws {
        let stage = try await Stage()
        let reason = try await stage.play { events in
            let ready = try await events.ready()
            #expect("\(ready.botID)" == stage.endpoints.botID)
            let said = try await stage.say("is kik down?")
            let heard = try await events.message()
            #expect(heard.id == said)
            #expect(heard.content == "is kik down?")
            #expect(stage.book.current.standing == .ready)
        }
        #expect(reason == .requested)
    }

    @Test("resumes after its connection was cut, and hears what was said meanwhile, once")
    func resumes() async throws {
        let stage = try await Stage()
        try await stage.play { events in
            _ = try await events.ready()
            try await stage.fault("drop_connections")
            let said = try await stage.say("said while it was away")
            var heard: [Message] = []
            var isResumed = false
            while heard.isEmpty || !isResumed {
                switch await events.next() {
                case .messageCreated(let message): heard.append(message)
                case .resumed: isResumed = true
                case .ready: Issue.record("it began anew instead of resuming")
                case nil: throw EndOfEvents()
                default: break
                }
            }
            #expect(heard.map(\.id) == [said])
            let next = try await stage.say("and after")
            #expect(try await events.message().id == next)
        }
    }

    @Test(
        "comes back from what Discord may do to it",
        arguments: ["reconnect", "close_4000", "close_4008", "close_1001", "invalid_session_resumable"]
    )
    func comesBackByResume(fault: String) async throws {
        let stage = try await Stage()
        try await stage.play { events in
            _ = try await events.ready()
            try await stage.fault(fault)
            try await events.resumed()
            let said = try await stage.say("still there?")
            #expect(try await events.message().id == said)
        }
    }

    @Test("begins anew when its session is gone", arguments: ["close_4009", "close_4007", "invalid_session"])
    func beginsAnew(fault: String) async throws {
        let stage = try await Stage()
        try await stage.play { events in
            let first = try await events.ready()
            try await stage.fault(fault)
            let second = try await events.ready()
            #expect(first.sessionID != second.sessionID)
        }
    }

    @Test(
        "survives frames that are no JSON, events and operations it does not know",
        arguments: [
            "malformed_json", "unknown_event", "unknown_opcode", "heartbeat_request",
        ])
    func survives(fault: String) async throws {
        let stage = try await Stage()
        try await stage.play { events in
            _ = try await events.ready()
            try await stage.fault(fault)
            let said = try await stage.say("still there?")
            #expect(try await events.message().id == said)
        }
    }

    @Test("notices a connection that went quiet by its heartbeat, and resumes")
    func missedAcknowledgement() async throws {
        let stage = try await Stage(heartbeatInterval: .milliseconds(1_000))
        try await stage.play { events in
            _ = try await events.ready()
            try await stage.fault("no_ack")
            try await events.resumed()
        }
    }

    @Test("goes on without reading texts when Discord does not allow it to")
    func fewerIntents() async throws {
        let stage = try await Stage()
        try await stage.fault("disallowed_intents")
        try await stage.play { events in
            _ = try await events.ready()
            _ = try await stage.say("nobody can read this")
            #expect(try await events.message().content == "")
        }
    }

    @Test("stops for good when the token is wrong, and asks only once")
    func wrongToken() async throws {
        let stage = try await Stage(token: "wrong.token.here")
        let reason = await stage.gateway.run()
        #expect(reason == .authenticationFailed)
        await stage.close()
    }

    @Test("opens more connections when Discord says that the bot has too many servers for these")
    func moreShards() async throws {
        let stage = try await Stage()
        try await stage.play { events in
            _ = try await events.ready()
            #expect(stage.book.current.shards.count == 1)
            try await stage.fault("close_4011")
            _ = try await events.ready()
            #expect(stage.book.current.shards.count == 2)
        }
    }

    @Test(
        "stops for good on a close that nothing mends",
        arguments: [
            ("close_4004", GatewaySession.StopReason.authenticationFailed), ("close_4010", .invalidShard),
            ("close_4012", .invalidVersion), ("close_4013", .invalidIntents),
        ])
    func fatalClose(fault: String, expected: GatewaySession.StopReason) async throws {
        let stage = try await Stage()
        async let reason = stage.gateway.run()
        var events = stage.events.makeAsyncIterator()
        _ = try await events.ready()
        try await stage.fault(fault)
        #expect(await reason == expected)
        await stage.close()
    }
}
