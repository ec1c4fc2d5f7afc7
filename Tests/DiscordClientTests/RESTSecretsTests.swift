import Discord
import DiscordClient
import HTTP
import Logging
import TestServers
import Testing

@Suite("Secrets", .timeLimit(.minutes(1)))
struct RESTSecretsTests {
    /// Of no shape that could be known for a token's, and with a byte that the path writes otherwise.
    private static let interactionToken = Secret("plain+secret")

    /// What a talkative server says: all that it was sent.
    private static func echo(_ request: ScriptedServer.Request) -> String {
        let own = request.path.contains("/channels/") ? "" : "/webhooks/7/plain%2Bsecret and plain+secret"
        return "cannot \(request.method) \(own) with Bot \(ScriptedDiscord.token.value)"
    }

    /// Everything that can go wrong on the way, in words that give secrets away.
    private static func replies(saying words: String) -> [ScriptedServer.Reply] {
        let via = "Via: 1.1 google"
        let refusals: [ScriptedServer.Reply] = [
            .refusal(400, code: 50_035, message: words), .refusal(401, code: 50_027, message: words),
            .refusal(403, code: 50_013, message: words), .refusal(404, code: 10_062, message: words),
            .answer(429, fields: [via], #"{"retry_after":0.3,"message":"\#(words)"}"#),
        ]
        let pages: [ScriptedServer.Reply] = [
            .answer(403, fields: ["Content-Type: text/html"], words), .answer(502, fields: [via], words),
            .answer(429, fields: ["Retry-After: 5"], words), .answer(302, fields: ["Location: gopher://x/" + words]),
        ]
        let nonsense: [ScriptedServer.Reply] = [
            .ok(String(repeating: words, count: AttemptLimits.body / 50)), .bytes("HTTP/9.9 " + words + "\r\n\r\n"),
            .bytes("HTTP/1.1 200 OK\r\n" + String(repeating: "X: " + words + "\r\n", count: 2_000) + "\r\n"), .closeForGood,
        ]
        return ScriptedServer.Reply.lostAnswers + refusals + pages + nonsense
    }

    private static func requests() throws -> [RESTRequest] {
        let content = try #require(MessageContent("up"))
        return [
            .respond(to: 5, interactionToken, with: .message(content, isEphemeral: true)),
            .followUp(of: 7, interactionToken, content), .editOriginalResponse(of: 7, interactionToken, content),
            .createMessage(in: 11, content, nonce: Nonce(source: 1, purpose: .answer)),
        ]
    }

    /// Sends one request of each kind and returns every word that is written or thrown on the way.
    private func words(of discord: ScriptedDiscord) async throws -> [String] {
        var words: [String] = []
        for request in try Self.requests() {
            do throws(RESTError) {
                _ = try await discord.rest.send(request, priority: .interaction, patience: .milliseconds(400))
            } catch {
                var dumped = ""
                dump(error, to: &dumped)
                words += ["\(error)", String(reflecting: error), dumped]
            }
        }
        await discord.close()
        return words + discord.log.lines
    }

    private func expectNoSecrets(in words: [String]) {
        #expect(!words.isEmpty)
        for secret in [ScriptedDiscord.token.value, Self.interactionToken.value, "plain%2Bsecret"] {
            let leak = words.first { $0.contains(secret) }
            #expect(leak == nil)
        }
    }

    @Test("are in no log line and no error, whatever goes wrong", arguments: replies(saying: "").indices)
    func failures(kind: Int) async throws {
        expectNoSecrets(
            in: try await words(of: try ScriptedDiscord { request, _ in Self.replies(saying: Self.echo(request))[kind] }))
    }

    @Test(
        "are in none either when the server cannot be reached",
        arguments: [
            "http://nowhere.invalid", "http://127.0.0.1:1", "https://127.0.0.1:PORT", "gopher://x", "http://[", "http://a b",
        ])
    func unreachable(base: String) async throws {
        let plain = try ScriptedServer { _ in .close }
        let base = base.replacing("PORT", with: "\(plain.port)")
        expectNoSecrets(in: try await words(of: try ScriptedDiscord(base: base) { _, _ in .close }))
    }

    @Test("are in no description of what holds them")
    func descriptions() throws {
        for request in try Self.requests() {
            var dumped = ""
            dump(request.route, to: &dumped)
            expectNoSecrets(in: ["\(request.route)", String(reflecting: request.route), dumped])
        }
    }
}
