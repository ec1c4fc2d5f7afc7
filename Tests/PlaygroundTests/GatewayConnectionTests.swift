import Testing
import Timing

@testable import Playground

@Suite("The server's side of a gateway socket")
struct GatewayConnectionTests {
    private static let identify = #"{"op":2,"d":{"token":"t","intents":513,"properties":{"os":"x","browser":"x","device":"x"}}}"#

    private static func opened() -> GatewayConnection {
        var connection = GatewayConnection(heartbeatInterval: .seconds(10))
        _ = connection.handle(.opened(hello: true), at: .origin)
        return connection
    }

    private static func running() -> GatewayConnection {
        var connection = opened()
        _ = connection.handle(.text(identify), at: .origin)
        _ = connection.handle(.admitted, at: .origin)
        return connection
    }

    private static func after(_ seconds: Double) -> Instant { Instant(sinceOrigin: .seconds(seconds)) }

    @Test("greets with the interval and allows one and a half of it")
    func hello() {
        var connection = GatewayConnection(heartbeatInterval: .seconds(10))
        let actions = connection.handle(.opened(hello: true), at: .origin)
        #expect(actions == [.send(#"{"op":10,"d":{"heartbeat_interval":10000},"s":null,"t":null}"#)])
        #expect(connection.deadline == GatewayConnectionTests.after(15))
        #expect(connection.handle(.tick, at: GatewayConnectionTests.after(14.9)).isEmpty)
        #expect(connection.handle(.tick, at: GatewayConnectionTests.after(15)) == [.close(.sessionTimedOut)])
    }

    @Test("a heartbeat is acknowledged and moves the deadline")
    func heartbeat() {
        var connection = GatewayConnectionTests.running()
        #expect(
            connection.handle(.text(#"{"op":1,"d":null}"#), at: GatewayConnectionTests.after(9)) == [.acknowledge(after: .zero)])
        #expect(connection.deadline == GatewayConnectionTests.after(24))
    }

    @Test("asks who an IDENTIFY is")
    func identify() {
        var connection = GatewayConnectionTests.opened()
        let expected = Identify(token: "t", intents: GatewayIntents(rawValue: 513), shard: 0, shardCount: 1)
        #expect(connection.handle(.text(GatewayConnectionTests.identify), at: .origin) == [.identify(expected)])
        #expect(connection.handle(.refused(.authenticationFailed), at: .origin) == [.close(.authenticationFailed)])
        #expect(connection.handle(.text(#"{"op":1}"#), at: .origin).isEmpty)
    }

    @Test("a client in a running session may not start another", arguments: [#"{"op":2,"d":{}}"#, #"{"op":6,"d":{}}"#])
    func second(frame: String) {
        var connection = GatewayConnectionTests.running()
        #expect(connection.handle(.text(frame), at: .origin) == [.close(.alreadyAuthenticated)])
    }

    @Test("the 121st frame within a minute is one too many")
    func flood() {
        var connection = GatewayConnectionTests.opened()
        for number in 0..<120 {
            #expect(connection.handle(.text(#"{"op":1,"d":null}"#), at: .origin) == [.acknowledge(after: .zero)], "\(number)")
        }
        var patient = connection
        #expect(connection.handle(.text(#"{"op":1}"#), at: GatewayConnectionTests.after(59)) == [.close(.rateLimited)])
        #expect(
            patient.handle(.text(#"{"op":1,"d":null}"#), at: GatewayConnectionTests.after(60)) == [.acknowledge(after: .zero)])
    }

    @Test("closes a few seconds after it asked to reconnect, heartbeats or not")
    func reconnect() {
        var connection = GatewayConnectionTests.running()
        #expect(connection.handle(.toldToReconnect, at: .origin) == [.send(#"{"op":7,"d":null}"#)])
        _ = connection.handle(.text(#"{"op":1}"#), at: GatewayConnectionTests.after(4))
        #expect(connection.handle(.tick, at: GatewayConnectionTests.after(5)) == [.close(.unknownError)])
    }
}

@Suite("The server's side of a session")
struct GatewayServerSessionTests {
    private static func session(_ events: Int, intents: GatewayIntents = []) -> GatewayServerSession {
        var session = GatewayServerSession(id: "s", bot: Snowflake(rawValue: 1), intents: intents)
        for number in 0..<events { _ = session.dispatch("EVENT", .integer(Int64(number))) }
        return session
    }

    @Test("replays what was missed, in order")
    func replay() {
        #expect(
            GatewayServerSessionTests.session(3).missed(since: 1) == [
                #"{"d":1,"op":0,"s":2,"t":"EVENT"}"#, #"{"d":2,"op":0,"s":3,"t":"EVENT"}"#,
            ])
        #expect(GatewayServerSessionTests.session(3).missed(since: 3) == [])
    }

    @Test("refuses a replay of what it no longer has or never sent")
    func refusal() {
        let long = GatewayServerSessionTests.session(GatewayServerSession.replayBound + 10)
        #expect(long.missed(since: 9) == nil)
        #expect(long.missed(since: 10)?.count == GatewayServerSession.replayBound)
        #expect(long.missed(since: long.sequence + 1) == nil)
        #expect(long.missed(since: -1) == nil)
    }
}

@Suite("What a socket is noted for")
struct GatewayNoteTests {
    private static let identify = #"{"op":2,"d":{"token":"t","intents":1,"properties":{"os":"x","browser":"x","device":"x"}}}"#

    private static func notes(_ frame: String, in phase: GatewayConnection.Phase) -> [String] {
        var connection = GatewayConnection(heartbeatInterval: .seconds(10))
        _ = connection.handle(.opened(hello: true), at: .origin)
        if phase == .running {
            _ = connection.handle(.text(identify), at: .origin)
            _ = connection.handle(.admitted, at: .origin)
            connection.sequences.sent(1, at: .origin)
            connection.sequences.sent(2, at: .origin)
        }
        let later = Instant(sinceOrigin: .seconds(6))
        return connection.handle(.text(frame), at: later).compactMap { if case .note(let what) = $0 { what } else { nil } }
    }

    @Test(
        "mistakes that Discord lets pass are noted, and nothing else is",
        arguments: [
            (identify, GatewayConnection.Phase.awaitingIdentify, []),
            (
                #"{"op":2,"d":{"token":"Bot t","intents":1,"properties":{"os":"x","device":"x"},"shards":[0,1]}}"#,
                .awaitingIdentify,
                [
                    #"op 2: "shards" is no known key"#, #"op 2: the token has the prefix "Bot ""#,
                    "op 2: properties.browser is no text",
                ]
            ),
            (#"{"op":6,"d":{"token":"t","session_id":"s"}}"#, .awaitingIdentify, ["op 6: seq is no number"]),
            (#"{"op":1,"d":2}"#, .running, []),
            (#"{"op":1,"d":1}"#, .running, ["op 1: 1 is not the last sequence"]),
            (#"{"op":1,"d":null}"#, .running, ["op 1: null is not the last sequence"]),
            (#"{"op":8,"d":{"guild_id":"1","query":"","limit":0,"nonce":"n"}}"#, .running, []),
            (#"{"op":8,"d":{"guild_id":"1","user_ids":["2"]}}"#, .running, []),
            (
                #"{"op":8,"d":{"query":"a","users":["2"]}}"#, .running,
                [#"op 8: "users" is no known key"#, "op 8: guild_id is no snowflake", "op 8: a query has no limit"]
            ),
            (#"{"op":1}"#, .awaitingIdentify, [#"op 1: "d" is missing"#]),
            (#"{"op":3,"d":{"since":null,"activities":[{"name":"x","type":3}],"status":"online","afk":false}}"#, .running, []),
            (
                #"{"op":3,"d":{"since":"x","activities":[{"type":9}],"status":"here","afk":false}}"#, .running,
                [
                    "op 3: since is neither a number nor null", "op 3: status is none of online, dnd, idle, invisible, offline",
                    "op 3: an activity has no name", "op 3: an activity's type is not 0 to 5",
                ]
            ),
        ] as [(String, GatewayConnection.Phase, [String])])
    func notes(frame: String, phase: GatewayConnection.Phase, expected: [String]) {
        #expect(GatewayNoteTests.notes(frame, in: phase) == expected)
    }

    @Test("a heartbeat may name any event that can still be under way")
    func transit() {
        func after(_ seconds: Double) -> Instant { Instant(sinceOrigin: .seconds(seconds)) }
        var sequences = SentSequences()
        #expect(sequences.accepts(nil, at: .origin))
        sequences.sent(1, at: .origin)
        sequences.sent(2, at: after(4))
        for (seconds, accepted) in [(4.9, [nil, 1, 2]), (6, [1, 2]), (9, [2])] as [(Double, [Int64?])] {
            let found = [nil, 1, 2, 3].filter { sequences.accepts($0, at: after(seconds)) }
            #expect(found == accepted)
        }
    }
}
