import Discord
import DiscordClient
import TestServers
import Testing

@Suite("The connections of interactions", .timeLimit(.minutes(1)))
struct WarmConnectionTests {
    private static let interactionToken = Secret("aW50ZXJhY3Rpb246RXhhbXBsZQ")

    @Test("are their own, open before the first interaction, and carry no bot token")
    func warm() async throws {
        let discord = try ScriptedDiscord([.ok()])
        await discord.rest.warm()
        _ = try await discord.rest.send(.currentUser)
        _ = try await discord.rest.send(
            .respond(to: 5, Self.interactionToken, with: .deferredUpdate), priority: .interaction, patience: .seconds(20))
        let requests = discord.server.requests
        #expect(
            requests.map(\.path)
                == ["/gateway", "/users/@me", "/interactions/5/\(Self.interactionToken.value)/callback"].map { "/api/v10" + $0 })
        #expect(requests.map(\.connection) == [1, 2, 1])
        #expect(requests.map { $0.has("authorization") } == [false, true, false])
        await discord.close()
    }

    @Test("are no matter while Discord cannot be reached")
    func cold() async throws {
        let discord = try ScriptedDiscord([.closeForGood])
        await discord.rest.warm()
        await discord.rest.warm()
        #expect(discord.server.requests.count == 1)
        await discord.close()
    }

    @Test("are used by interactions although the others wait for Discord")
    func apart() async throws {
        let discord = try ScriptedDiscord { request, _ in request.path.hasSuffix("/typing") ? .silence : .ok() }
        // Before the first answer on a connection libcurl waits whether others can share it.
        _ = try await discord.rest.send(.currentUser)
        let stuck = (1...20).map { channel in
            Task { try await discord.rest.send(.triggerTyping(in: Snowflake(rawValue: channel)), patience: .seconds(30)) }
        }
        var arrivals = discord.server.arrivals.makeAsyncIterator()
        for _ in 0...4 { _ = await arrivals.next() }
        _ = try await discord.rest.send(
            .respond(to: 5, Self.interactionToken, with: .deferredUpdate), priority: .interaction, patience: .seconds(20))
        await discord.close()
        for task in stuck { _ = await task.result }
    }
}
