import Testing
import Timing

@testable import Playground

@Suite("The server's side of a gateway socket")
struct GatewayConnectionTests {
    private static let identify = #"{"op":2,"d":{"token":"t","intents":513,"properties":{}}}"#

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
        #expect(connection.handle(.text(#"{"op":1,"d":3}"#), at: GatewayConnectionTests.after(9)) == [.send(#"{"op":11}"#)])
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
            #expect(connection.handle(.text(#"{"op":1}"#), at: .origin) == [.send(#"{"op":11}"#)], "\(number)")
        }
        var patient = connection
        #expect(connection.handle(.text(#"{"op":1}"#), at: GatewayConnectionTests.after(59)) == [.close(.rateLimited)])
        #expect(patient.handle(.text(#"{"op":1}"#), at: GatewayConnectionTests.after(60)) == [.send(#"{"op":11}"#)])
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

    @Test(
        "content is hidden unless it is meant for the bot",
        arguments: [
            (intents: GatewayIntents.guildMessages, author: 2, mentions: [], isDirect: false, isHidden: true),
            (intents: [.guildMessages, .messageContent], author: 2, mentions: [], isDirect: false, isHidden: false),
            (intents: .guildMessages, author: 1, mentions: [], isDirect: false, isHidden: false),
            (intents: .guildMessages, author: 2, mentions: [1], isDirect: false, isHidden: false),
            (intents: .guildMessages, author: 2, mentions: [3], isDirect: false, isHidden: true),
            (intents: .directMessages, author: 2, mentions: [], isDirect: true, isHidden: false),
        ] as [(intents: GatewayIntents, author: UInt64, mentions: [UInt64], isDirect: Bool, isHidden: Bool)])
    func content(intents: GatewayIntents, author: UInt64, mentions: [UInt64], isDirect: Bool, isHidden: Bool) {
        var message = Message(
            id: Snowflake(rawValue: 9), channel: Snowflake(rawValue: 8), author: Snowflake(rawValue: author), content: "x", at: 0)
        message.mentions = mentions.map { Snowflake(rawValue: $0) }
        #expect(GatewayServerSessionTests.session(0, intents: intents).hides(message, isDirect: isDirect) == isHidden)
    }
}
