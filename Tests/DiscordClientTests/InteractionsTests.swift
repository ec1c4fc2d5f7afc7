import Clocks
import Discord
import DiscordClient
import Foundation
import HTTP
import Logging
import Playground
import TestServers
import Testing
import Timing

@Suite("Answers to interactions", .timeLimit(.minutes(1)))
struct InteractionsTests {
    private let content: MessageContent
    private let clock = MonotonicClock()

    init() throws {
        content = try #require(MessageContent("Kik is up"))
    }

    private func interaction(_ kind: Interaction.Kind = .command, id: Snowflake = 5) -> Interaction {
        Interaction(id: id, applicationID: 7, kind: kind, token: Secret("aW50ZXJhY3Rpb246RXhhbXBsZQ"), channelID: 11)
    }

    private func answers(_ discord: ScriptedDiscord) -> Interactions {
        Interactions(rest: discord.rest, log: discord.log.logger)
    }

    @Test("are given at once when they are ready, and the time to Discord's acknowledgement is counted")
    func atOnce() async throws {
        let discord = try ScriptedDiscord([.ok("")])
        let interactions = answers(discord)
        let outcome = await interactions.answer(interaction(), receivedAt: clock.now, isEphemeral: true) { [content] in content }
        #expect(outcome == .answered)
        #expect(discord.server.requests.map(\.path) == ["/api/v10/interactions/5/aW50ZXJhY3Rpb246RXhhbXBsZQ/callback"])
        #expect(discord.server.requests.first?.body.contains(#""flags":64"#) == true)
        #expect(await interactions.latencies.count == 1)
        await discord.close()
    }

    @Test("say that they take time by themselves, and come by an edit")
    func deferred() async throws {
        let deferral = Signal()
        let discord = try ScriptedDiscord { request, _ in
            if request.method == "POST" { deferral.send() }
            return .ok("")
        }
        let receivedAt = clock.now.advanced(by: .milliseconds(-1_490))
        let outcome = await answers(discord).answer(interaction(), receivedAt: receivedAt) { [content] in
            // As long as it takes, and longer than it may.
            await deferral.wait()
            return .message(content)
        }
        #expect(outcome == .answered)
        #expect(discord.server.requests.map(\.method) == ["POST", "PATCH"])
        #expect(discord.server.requests.first?.body == #"{"type":5}"#)
        await discord.close()
    }

    @Test("are seen once although the acknowledgement was lost", arguments: ScriptedServer.Reply.lostAnswers.indices)
    func lostAcknowledgement(kind: Int) async throws {
        let discord = try ScriptedDiscord { request, number in
            number == 1 ? ScriptedServer.Reply.lostAnswers[kind] : request.method == "POST" ? .refusal(400, code: 40_060) : .ok()
        }
        let outcome = await answers(discord).answer(interaction(), receivedAt: clock.now) { [content] in .message(content) }
        #expect(outcome == .answered)
        let methods = discord.server.requests.map(\.method)
        // Where the loss took long to be noticed, no time may be left for a second callback.
        #expect(methods == ["POST", "POST", "PATCH"] || methods == ["POST", "PATCH"])
        await discord.close()
    }

    @Test("that Discord no longer takes go into the channel, with a nonce")
    func channel() async throws {
        let discord = try ScriptedDiscord { request, _ in
            request.path.contains("/interactions/") ? .refusal(404, code: 10_062) : .ok()
        }
        let outcome = await answers(discord).answer(interaction(), receivedAt: clock.now) { [content] in .message(content) }
        #expect(outcome == .answeredInChannel)
        let last = try #require(discord.server.requests.last)
        #expect(last.path == "/api/v10/channels/11/messages")
        #expect(last.body.contains(#""nonce":"a5""#) && last.body.contains(#""allowed_mentions":{"parse":[]"#))
        await discord.close()
    }

    @Test("that are stale on arrival are tried once")
    func stale() async throws {
        let discord = try ScriptedDiscord([.close])
        let outcome = await answers(discord).answer(interaction(), receivedAt: clock.now, isReplay: true) { [content] in
            .message(content)
        }
        #expect(discord.server.requests.filter { $0.path.hasSuffix("/callback") }.count == 1)
        #expect(outcome != .answeredInChannel)
        await discord.close()
    }

    @Test("offer choices while somebody types, or nothing when it is too late")
    func choices() async throws {
        let discord = try ScriptedDiscord([.ok("")])
        let interactions = answers(discord)
        let choice = try #require(InteractionResponse.Choice(name: "Kik", value: "kik"))
        let outcome = await interactions.complete(interaction(.completion), receivedAt: clock.now) { [choice] }
        #expect(outcome == .answered)
        let late = clock.now.advanced(by: .seconds(-3))
        #expect(await interactions.complete(interaction(.completion), receivedAt: late) { [choice] } == .lost(.tooLate))
        #expect(discord.server.requests.map(\.body) == [#"{"data":{"choices":[{"name":"Kik","value":"kik"}]},"type":8}"#])
        await discord.close()
    }

    @Test("are bounded in number; the newcomer is not begun, and one that is open is not begun again")
    func crowd() async throws {
        let discord = try ScriptedDiscord([.ok("")])
        let interactions = answers(discord)
        let gate = Signal()
        let (composing, begun) = AsyncStream.makeStream(of: Void.self)
        let open = (1...UInt64(Interactions.capacity)).map { number in
            Task {
                await interactions.answer(interaction(id: Snowflake(rawValue: number)), receivedAt: clock.now) {
                    begun.yield()
                    await gate.wait()
                    return .nothing
                }
            }
        }
        for await _ in composing.prefix(Interactions.capacity) {}
        let receivedAt = clock.now
        #expect(await interactions.answer(interaction(id: 1), receivedAt: receivedAt) { .nothing } == .lost(.repeated))
        #expect(await interactions.answer(interaction(id: 9_999), receivedAt: receivedAt) { .nothing } == .lost(.crowded))
        #expect(discord.log.lines.contains { $0.hasPrefix("warning") })
        await discord.rest.close()
        gate.send()
        for task in open { _ = await task.value }
        await discord.close()
    }

    @Test("are seen in a chat: soon, late, by a button, and by one person alone")
    func chat() async throws {
        let stage = try await Stage()
        let interactions = Interactions(rest: stage.rest, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await stage.play { [content] events in
            _ = try await events.ready()
            try await stage.use(["command": "down"])
            let command = try await events.interaction()
            #expect(await interactions.answer(command, receivedAt: clock.now) { .message(content) } == .answered)
            let shown = try #require(try await stage.transcript().last)
            #expect(shown["content"] as? String == content.text)

            try await stage.use(["command": "down"])
            let slow = try await events.interaction()
            let receivedAt = clock.now.advanced(by: .milliseconds(-1_500))
            let later = try #require(MessageContent("Kik is down"))
            #expect(await interactions.answer(slow, receivedAt: receivedAt, isEphemeral: false) { later } == .answered)
            let edited = try #require(try await stage.transcript().last)
            #expect(edited["content"] as? String == later.text)

            try await stage.use(["message": edited["id"] as? String ?? "", "custom_id": "again"])
            let press = try await events.interaction()
            #expect(await interactions.answer(press, receivedAt: clock.now, as: .update) { .message(content) } == .answered)
            let updated = try #require(try await stage.transcript().last)
            #expect(updated["id"] as? String == edited["id"] as? String && updated["content"] as? String == content.text)
        }
    }
}

/// Something that happens once, and that others wait for.
private final class Signal: Sendable {
    private let stream: AsyncStream<Never>
    private let continuation: AsyncStream<Never>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func send() {
        continuation.finish()
    }

    func wait() async {
        for await _ in stream {}
    }
}

extension Stage {
    /// Uses a command or a button as a person.
    fileprivate func use(_ what: [String: String]) async throws {
        let place = ["author": "ann", "channel": "general"]
        let body = try JSONSerialization.data(withJSONObject: place.merging(what) { $1 })
        let headers = [(name: "Content-Type", value: "application/json")]
        let answer = try await http.perform(
            HTTPRequest(.post, endpoints.page + "lab/interactions", headers: headers, body: Array(body)))
        try #require(answer.status < 300, "HTTP \(answer.status)")
    }
}

extension AsyncStream<GatewayEvent>.Iterator {
    fileprivate mutating func interaction() async throws -> Interaction {
        try await first { if case .interactionCreated(let interaction) = $0 { interaction } else { nil } }
    }
}
