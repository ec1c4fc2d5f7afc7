import Discord
import DiscordClient
import Playground
import Testing

@Suite("A bot of many shards, against a local Discord", .timeLimit(.minutes(1)))
struct ShardTests {
    private static func discord(shards: Int, concurrency: Int, pause: Duration = .milliseconds(5_000))
        -> Playground.DiscordSettings
    {
        var discord = Playground.DiscordSettings()
        discord.shards = shards
        discord.guilds = shards * 2
        discord.maxConcurrency = concurrency
        discord.identifyPause = pause
        return discord
    }

    @Test("opens as many as Discord recommends, on two threads, and hears the guilds of each", arguments: [1, 2])
    func recommended(loops: Int) async throws {
        let stage = try await Stage(discord: Self.discord(shards: 16, concurrency: 16), loops: loops)
        try await stage.play { events in
            var bots: Set<Snowflake> = []
            for _ in 0..<16 { bots.insert(try await events.ready().botID) }
            #expect(stage.book.current.shards.count == 16)
            #expect(stage.book.current.standing == .ready)
            let said = try await stage.say("is kik down?")
            #expect(try await events.message().id == said)
            #expect(try await stage.count("identifies") == 16)
            #expect(try await stage.violations() == "[]")
        }
    }

    @Test("takes turns by shard and concurrency, so that Discord refuses nobody")
    func turns() async throws {
        // Whoever comes sooner is refused with op 9. A second less than Discord's five, because here both sides share a busy machine.
        let stage = try await Stage(discord: Self.discord(shards: 4, concurrency: 2, pause: .seconds(4)))
        try await stage.play { events in
            for _ in 0..<4 { _ = try await events.ready() }
            #expect(try await stage.count("identifies") == 4)
            #expect(try await stage.violations() == "[]")
        }
    }

    @Test("opens more when Discord says that there must be more")
    func required() async throws {
        var discord = Self.discord(shards: 1, concurrency: 16, pause: .zero)
        discord.requiredShards = 2
        discord.gatewayBotLimit = 100
        let stage = try await Stage(discord: discord)
        try await stage.play { events in
            for _ in 0..<2 { _ = try await events.ready() }
            #expect(stage.book.current.shards.count == 2)
        }
    }

    @Test("identifies no more when the day's budget is down to its reserve, and says so instead of losing the token")
    func reserve() async throws {
        var discord = Self.discord(shards: 3, concurrency: 16, pause: .zero)
        (discord.identifies, discord.remainingIdentifies) = (100, 12)
        let stage = try await Stage(discord: discord)
        try await stage.play { events in
            // Ten of a hundred are for people to spend.
            for _ in 0..<2 { _ = try await events.ready() }
            await stage.alarms.first { $0.contains("too few logins") }
            #expect(try await stage.count("identifies") == 2)
            #expect(stage.book.current.standing == .connecting)
        }
    }

    @Test("does not ask for texts when the developer portal does not grant them, so that no identify is refused")
    func portal() async throws {
        var discord = Self.discord(shards: 2, concurrency: 16, pause: .zero)
        discord.grantsMessageContent = false
        let stage = try await Stage(discord: discord)
        try await stage.play { events in
            for _ in 0..<2 { _ = try await events.ready() }
            #expect(stage.book.current.standing == .degraded)
            #expect(try await stage.count("identifies") == 2)
        }
    }

    @Test("a token that is refused on one shard ends them all, and nothing more is sent with it")
    func refusedToken() async throws {
        let stage = try await Stage(discord: Self.discord(shards: 3, concurrency: 16, pause: .zero))
        async let reason = stage.gateway.run()
        var events = stage.events.makeAsyncIterator()
        for _ in 0..<3 { _ = try await events.ready() }
        try await stage.fault("close_4004", when: "resuming")
        try await stage.fault("drop_connections")
        #expect(await reason == .authenticationFailed)
        await #expect { _ = try await stage.rest.send(.gatewayBot) } throws: { ($0 as? RESTError)?.isUnauthorized == true }
        await stage.close()
    }
}
