import Discord
import Foundation
import Testing

@Suite("requests")
struct RESTRequestTests {
    static let token = Secret("aW50ZXJhY3Rpb246RXhhbXBsZQ")

    static func content(_ text: String) throws -> MessageContent {
        try #require(MessageContent(text))
    }

    /// One request of each kind, with the least and the most they can hold.
    static func all() throws -> [RESTRequest] {
        let (channel, message): (Snowflake, Snowflake) = (1_100_000_000_000_000_011, 1_100_000_000_000_000_301)
        let text = try content("Kik answers from here.\n\n**Nothing** is reported.")
        let long = try content(String(repeating: "🧪", count: 3_000))
        return [
            .gatewayBot, .currentUser, .currentApplication, .triggerTyping(in: channel),
            .createMessage(in: channel, text, replyingTo: message, nonce: Nonce(source: message, purpose: .answer)),
            .createMessage(in: channel, long, nonce: Nonce(source: "weekly", purpose: .notice, part: 255)),
            .editMessage(message, in: channel, text),
            .respond(to: message, token, with: .message(text, isEphemeral: true)),
            .respond(to: message, token, with: .message(long, isEphemeral: false)),
            .respond(to: message, token, with: .deferred(isEphemeral: true)),
            .respond(to: message, token, with: .deferred(isEphemeral: false)),
            .respond(to: message, token, with: .deferredUpdate),
            .editOriginalResponse(of: channel, token, text),
        ]
    }

    private func body(_ request: RESTRequest) -> String {
        String(decoding: request.body ?? [], as: UTF8.self)
    }

    @Test("to answer a message reply to it, ping nobody and can be repeated")
    func createMessage() throws {
        let nonce = Nonce(source: 301, purpose: .answer)
        let request = RESTRequest.createMessage(in: 11, try Self.content("up"), replyingTo: 301, nonce: nonce)
        #expect(
            body(request)
                == #"{"allowed_mentions":{"parse":[],"replied_user":false},"content":"up","enforce_nonce":true,"#
                + #""message_reference":{"fail_if_not_exists":false,"message_id":"301","type":0},"nonce":"a301"}"#)
        #expect(request.route.path.value == "/channels/11/messages")
        #expect(request.retry == .guardedByNonce)
    }

    @Test("to speak without an occasion have no reference")
    func announce() throws {
        let request = RESTRequest.createMessage(in: 11, try Self.content("up"), nonce: Nonce(source: 1, purpose: .notice))
        #expect(!body(request).contains("message_reference"))
    }

    @Test("to edit ping nobody either")
    func editMessage() throws {
        let request = RESTRequest.editMessage(301, in: 11, try Self.content("down"))
        #expect(body(request) == #"{"allowed_mentions":{"parse":[],"replied_user":false},"content":"down"}"#)
        #expect(request.route.description == "PATCH /channels/{channel}/messages/{message}")
    }

    @Test("with content always say that nobody is pinged")
    func pings() throws {
        for request in try Self.all() where body(request).contains(#""content""#) {
            #expect(body(request).contains(#""allowed_mentions":{"parse":[],"replied_user":false}"#), "\(request.route)")
        }
    }

    @Test("for interactions carry no bot token and escape theirs")
    func interactions() throws {
        let request = RESTRequest.respond(to: 5, Secret("a/../b?c"), with: .deferred(isEphemeral: true))
        #expect(request.route.path.value == "/interactions/5/a%2F..%2Fb%3Fc/callback")
        #expect(
            RESTRequest.respond(to: 5, Secret(".."), with: .deferredUpdate).route.path.value == "/interactions/5/%2E%2E/callback")
        #expect(body(request) == #"{"data":{"flags":64},"type":5}"#)
        #expect(
            request.headers(token: Secret("bot"), userAgent: "DiscordBot (https://example.com, 1)") == [
                HeaderField("User-Agent", "DiscordBot (https://example.com, 1)"), HeaderField("Content-Type", "application/json"),
            ])
        #expect("\(request.route)" == "POST /interactions/{interaction}/{token}/callback")
    }

    @Test("without a body name no content type")
    func headers() {
        let agent = RESTRequest.userAgent(url: "https://example.com/isitdown", version: "0.1")
        #expect(agent == "DiscordBot (https://example.com/isitdown, 0.1)")
        #expect(
            RESTRequest.gatewayBot.headers(token: Secret("T"), userAgent: agent) == [
                HeaderField("User-Agent", agent), HeaderField("Authorization", "Bot T"),
            ])
    }

    @Test("have nonces of at most 25 characters that tell purposes and parts apart")
    func nonces() {
        let source = Snowflake(rawValue: .max)
        let nonces = Nonce.Purpose.allCases.flatMap { purpose in
            [
                Nonce(source: source, purpose: purpose), Nonce(source: source, purpose: purpose, part: 255),
                Nonce(source: "an announcement with a long name", purpose: purpose),
                Nonce(source: "another announcement", purpose: purpose, part: 255),
            ]
        }
        #expect(nonces.allSatisfy { (1...25).contains($0.text.utf16.count) })
        #expect(Set(nonces).count == nonces.count)
        #expect(Nonce(source: source, purpose: .answer) == Nonce(source: source, purpose: .answer))
    }

    /// For checks with other tools: one JSON object a line, of method, path, headers and body.
    @Test(
        "can be captured",
        .enabled(if: ProcessInfo.processInfo.environment["ISITDOWN_CAPTURE_REQUESTS"] != nil, "no file is named"))
    func capture() throws {
        let file = try #require(ProcessInfo.processInfo.environment["ISITDOWN_CAPTURE_REQUESTS"])
        let agent = RESTRequest.userAgent(url: "https://example.com/isitdown", version: "0.1")
        let lines = try Self.all().map { request in
            let headers = request.headers(token: Secret("example"), userAgent: agent).map { ($0.name, $0.value) }
            let line: [String: Any] = [
                "method": request.route.method.rawValue, "path": "/api/v10" + request.route.path.value,
                "headers": Dictionary(uniqueKeysWithValues: headers),
                "body": try request.body.map { try JSONSerialization.jsonObject(with: Data($0)) } ?? NSNull(),
            ]
            return String(decoding: try JSONSerialization.data(withJSONObject: line, options: .sortedKeys), as: UTF8.self)
        }
        try (lines.joined(separator: "\n") + "\n").write(toFile: file, atomically: true, encoding: .utf8)
    }
}
