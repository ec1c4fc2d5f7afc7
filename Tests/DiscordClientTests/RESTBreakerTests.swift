import Discord
import DiscordClient
import Synchronization
import TestServers
import Testing

@Suite("The client of Discord’s HTTP interface, near a ban", .timeLimit(.minutes(1)))
struct RESTBreakerTests {
    private static let page = ScriptedServer.Reply.answer(
        429, fields: ["Content-Type: text/html", "Retry-After: 66271"], "<html>error code: 1015</html>")

    private func create(in channel: Snowflake = 11) throws -> RESTRequest {
        .createMessage(in: channel, try #require(MessageContent("up")), nonce: Nonce(source: 1, purpose: .answer))
    }

    @Test("what the network in front of Discord refuses is said to be that, and nothing more is sent")
    func shutOut() async throws {
        let discord = try ScriptedDiscord([Self.page])
        for _ in 0..<3 {
            await #expect(throws: RESTError.notAnswered(.shutOut)) { _ = try await discord.rest.send(create()) }
        }
        #expect(discord.server.requests.count == 1)
        let alarms = discord.log.lines.filter { $0.hasPrefix("error") }
        #expect(alarms.count == 1 && alarms[0].contains("remedy") && alarms[0].contains("3600"))
        await discord.close()
    }

    @Test("a refusal without a Via is that network’s too")
    func noVia() async throws {
        let discord = try ScriptedDiscord([.answer(403, fields: ["Content-Type: application/json"], #"{"code":0,"message":"x"}"#)]
        )
        await #expect(throws: RESTError.notAnswered(.shutOut)) { _ = try await discord.rest.send(create()) }
        await discord.close()
    }

    @Test("a refused token is told once, and not used again")
    func tokenRejected() async throws {
        let told = Mutex(0)
        let discord = try ScriptedDiscord(onTokenRejected: { told.withLock { $0 += 1 } }) { _, _ in .refusal(401, code: 0) }
        for _ in 0..<3 {
            await #expect { _ = try await discord.rest.send(create()) } throws: { ($0 as? RESTError)?.isUnauthorized == true }
        }
        #expect(told.withLock { $0 } == 1)
        #expect(discord.server.requests.count == 1)
        await discord.close()
    }

    @Test("when the gateway says that the token is not valid, what waits fails and nothing more is sent with it")
    func rejectToken() async throws {
        let discord = try ScriptedDiscord { request, _ in request.has("authorization") ? .silence : .ok() }
        let first = Task { try await discord.rest.send(create(), patience: .seconds(30)) }
        for await _ in discord.server.arrivals { break }
        let second = Task { try await discord.rest.send(create(), patience: .seconds(30)) }
        // The second asks after the first, and waits for the first's answer.
        await Task.yield()
        await discord.rest.rejectToken()
        await #expect(throws: RESTError.notAnswered(.tokenRejected)) { _ = try await second.value }
        await #expect(throws: RESTError.notAnswered(.tokenRejected)) { _ = try await discord.rest.send(.gatewayBot) }
        _ = try await discord.rest.send(.getOriginalResponse(of: 7, Secret("aW50ZXJhY3Rpb246RXhhbXBsZQ")))
        #expect(discord.server.requests.filter { $0.has("authorization") }.count == 1)
        await discord.close()
        await #expect(throws: RESTError.closed) { _ = try await first.value }
    }

    @Test("where the bot may not speak Discord is not asked again")
    func refusedChannel() async throws {
        let discord = try ScriptedDiscord { request, _ in
            request.path.contains("/channels/11/") ? .refusal(403, code: 50_013) : .ok()
        }
        await #expect { _ = try await discord.rest.send(create()) } throws: { ($0 as? RESTError)?.code == 50_013 }
        await #expect(throws: RESTError.notAnswered(.channelRefused(code: 50_013))) { _ = try await discord.rest.send(create()) }
        _ = try await discord.rest.send(create(in: 12))
        #expect(discord.server.requests.count == 2)
        await discord.close()
    }
}
