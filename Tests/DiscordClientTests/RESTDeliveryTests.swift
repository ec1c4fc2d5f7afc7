import Discord
import DiscordClient
import HTTP
import Synchronization
import TestServers
import Testing

/// What becomes of requests when Discord carries them out and the answer is lost, over real sockets.
@Suite("What is sent once, over a bad line", .timeLimit(.minutes(1)))
struct RESTDeliveryTests {
    private static let interactionToken = Secret("aW50ZXJhY3Rpb246RXhhbXBsZQ")

    private func create(_ source: Snowflake = 301) throws -> RESTRequest {
        .createMessage(in: 11, try #require(MessageContent("up")), nonce: Nonce(source: source, purpose: .answer))
    }

    private func followUp() throws -> RESTRequest {
        .followUp(of: 7, Self.interactionToken, try #require(MessageContent("up")))
    }

    private func callback() throws -> RESTRequest {
        .respond(to: 5, Self.interactionToken, with: .message(try #require(MessageContent("up")), isEphemeral: false))
    }

    @Test("a message is sent again with its nonce, and arrives once", arguments: ScriptedServer.Reply.lostAnswers.indices)
    func message(kind: Int) async throws {
        let discord = try ScriptedDiscord([ScriptedServer.Reply.lostAnswers[kind], .ok()])
        let answer = try await discord.rest.send(create(), patience: .seconds(20))
        #expect(answer.status == 200)
        let bodies = discord.server.requests.map(\.body)
        #expect(bodies.count == 2)
        // Discord answers the second with the first's message, because it knows the nonce.
        #expect(Set(bodies).count == 1 && bodies[0].contains(#""enforce_nonce":true"#) && bodies[0].contains(#""nonce":"a301""#))
        await discord.close()
    }

    @Test("a follow-up is not sent again, and says that it may have arrived", arguments: ScriptedServer.Reply.lostAnswers.indices)
    func followUpOnce(kind: Int) async throws {
        let discord = try ScriptedDiscord([ScriptedServer.Reply.lostAnswers[kind], .ok()])
        await #expect { _ = try await discord.rest.send(followUp(), patience: .seconds(1)) } throws: { error in
            switch error as? RESTError {
            case .notAnswered(.unreachable(mayBeDone: true)), .refused(500, _): true
            default: false
            }
        }
        #expect(discord.server.requests.count == 1)
        await discord.close()
    }

    @Test(
        "a callback is sent once more, and the second is refused without harm",
        arguments: ScriptedServer.Reply.lostAnswers.indices)
    func callbackTwice(kind: Int) async throws {
        let discord = try ScriptedDiscord([
            ScriptedServer.Reply.lostAnswers[kind], .refusal(400, code: 40_060),
        ])
        await #expect { _ = try await discord.rest.send(callback(), priority: .interaction, patience: .seconds(20)) } throws: {
            error in
            (error as? RESTError)?.code == 40_060
        }
        #expect(discord.server.requests.count == 2)
        await discord.close()
    }

    @Test("libcurl itself sends a message again when a connection that was used before ends without an answer")
    func silentRepetition() async throws {
        let discord = try ScriptedDiscord([.ok(), .close, .ok()])
        _ = try await discord.rest.send(.currentUser)
        _ = try await discord.rest.send(create())
        let posts = discord.server.requests.filter { $0.method == "POST" }
        #expect(posts.map(\.connection) == [1, 2])
        #expect(posts[0].body == posts[1].body)
        #expect(discord.log.lines.isEmpty, "it does so in silence")
        await discord.close()
    }

    @Test("a follow-up does not go over a connection that was used before, so libcurl does not repeat it")
    func noSilentRepetition() async throws {
        let discord = try ScriptedDiscord([.ok(), .close, .ok()])
        _ = try await discord.rest.send(.getOriginalResponse(of: 7, Self.interactionToken))
        await #expect(throws: RESTError.notAnswered(.unreachable(mayBeDone: true))) {
            _ = try await discord.rest.send(followUp())
        }
        #expect(discord.server.requests.map(\.connection) == [1, 2])
        await discord.close()
    }

    @Test("a connection refused to libcurl’s own repetition does not mean that nothing left")
    func refusedRepetition() async throws {
        let discord = try ScriptedDiscord([.ok(), .closeForGood])
        _ = try await discord.rest.send(.getOriginalResponse(of: 7, Self.interactionToken))
        await #expect(throws: RESTError.notAnswered(.unreachable(mayBeDone: true))) {
            _ = try await discord.rest.send(callback(), priority: .interaction, patience: .seconds(1))
        }
        #expect(discord.server.requests.count == 2)
        await discord.close()
    }

    @Test("a follow-up that certainly never left is tried again")
    func neverLeft() async throws {
        let nobody = try LoopbackSocket(isListening: false)
        let discord = try ScriptedDiscord(base: "http://127.0.0.1:\(nobody.port)") { _, _ in .close }
        await #expect(throws: RESTError.notAnswered(.unreachable(mayBeDone: false))) {
            _ = try await discord.rest.send(followUp(), patience: .seconds(5))
        }
        #expect(discord.log.lines.contains { $0.hasPrefix("debug trying again") })
        await discord.close()
    }

    @Test("an answer that never ends to come is cut off at a size, and a request at its time")
    func bounds() async throws {
        let long = String(repeating: "x", count: AttemptLimits.body + 1)
        let discord = try ScriptedDiscord { request, _ in request.path.hasSuffix("/users/@me") ? .ok(long) : .silence }
        await #expect(throws: RESTError.self) { _ = try await discord.rest.send(.currentUser, patience: .seconds(2)) }
        let started = ContinuousClock.now
        await #expect(throws: RESTError.notAnswered(.unreachable(mayBeDone: true))) {
            _ = try await discord.rest.send(followUp(), patience: .milliseconds(300))
        }
        #expect(started.duration(to: .now) < .seconds(5))
        #expect(discord.log.lines.contains { $0.contains("body too large") }, "\(discord.log.lines)")
        await discord.close()
    }
}
