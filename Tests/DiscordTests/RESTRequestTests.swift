import Discord
import Foundation
import Testing
import Timing

@Suite("requests")
struct RESTRequestTests {
    static let token = Secret("aW50ZXJhY3Rpb246RXhhbXBsZQ")

    static func content(_ text: String) throws -> MessageContent {
        try #require(MessageContent(text))
    }

    /// Requests of every kind, with the least and the most they can hold, by the name of what makes them.
    static func kinds() throws -> [(name: String, requests: [RESTRequest])] {
        let (channel, message): (Snowflake, Snowflake) = (1_100_000_000_000_000_011, 1_100_000_000_000_000_301)
        let text = try content("Kik answers from here.\n\n**Nothing** is reported.")
        let long = try content(String(repeating: "🧪", count: 3_000))
        let choice = try #require(InteractionResponse.Choice(name: "Kik", value: "kik"))
        let form = try #require(InteractionForm(id: "words", title: "What goes wrong?", label: "In your own words"))
        var rich = text
        rich.card = MessageCard(paragraphs: ["Kik answers."], color: 0x2E8B57)
        rich.choices = MessageChoices(
            [MessageChoices.Choice(label: "Reset it", id: "reset", style: .danger)].compactMap(\.self), prompt: "Which?")
        let commands = [
            ApplicationCommand(
                name: .init("isdown", localized: ["de": "isdown", "fr": "enpanne"]), about: .init("Is it down?"),
                options: [
                    .init(
                        name: .init("service"), about: .init("The app"), kind: .text(longest: 100, isCompleted: true),
                        isRequired: true),
                    .init(
                        name: .init("what"), about: .init("What"), kind: .choice([.init(name: .init("Down"), value: "down")])),
                    .init(name: .init("channel"), about: .init("Where"), kind: .channel),
                ]),
            ApplicationCommand(
                name: .init("announce"), about: .init("Announce"),
                options: [.init(name: .init("list"), about: .init("Show"), kind: .subcommand([]))],
                permissions: ApplicationCommand.manageGuild, isForServersOnly: true),
            ApplicationCommand(kind: .message, name: .init("Is this down?")),
        ]
        return [
            ("gateway", [.gateway]), ("gatewayBot", [.gatewayBot]), ("currentUser", [.currentUser]),
            ("currentApplication", [.currentApplication]), ("currentGuilds", [.currentGuilds]),
            ("triggerTyping", [.triggerTyping(in: channel)]),
            (
                "createMessage",
                [
                    .createMessage(in: channel, text, replyingTo: message, nonce: Nonce(source: message, purpose: .answer)),
                    .createMessage(in: channel, long, nonce: Nonce(source: "weekly", purpose: .notice, part: 255)),
                ]
            ),
            ("editMessage", [.editMessage(message, in: channel, text)]),
            (
                "respond",
                [
                    .message(text, isEphemeral: true), .message(long, isEphemeral: false), .deferred(isEphemeral: true),
                    .deferred(isEphemeral: false), .deferredUpdate, .update(long), .choices([choice]), .choices([]),
                    .form(form), .message(rich, isEphemeral: true), .update(rich),
                ].map { .respond(to: message, token, with: $0) }
            ),
            (
                "followUp",
                [
                    .followUp(of: channel, token, text, isEphemeral: true), .followUp(of: channel, token, long),
                ]
            ),
            ("getOriginalResponse", [.getOriginalResponse(of: channel, token)]),
            ("editOriginalResponse", [.editOriginalResponse(of: channel, token, text)]),
            ("createDirectChannel", [.createDirectChannel(with: channel)]), ("commands", [.commands(of: channel)]),
            ("replaceCommands", [.replaceCommands(of: channel, with: commands)]),
            ("deleteOriginalResponse", [.deleteOriginalResponse(of: channel, token)]),
        ]
    }

    static func all() throws -> [RESTRequest] {
        try kinds().flatMap(\.requests)
    }

    @Test("are all in this list")
    func completeness() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Discord")
        let text = try String(contentsOf: sources.appending(path: "RESTRequest.swift"), encoding: .utf8)
        let names = text.matches(of: /public static (?:let|func) (\w+)/).map { String($0.output.1) }
        #expect(try Self.kinds().map(\.name).sorted() == names.filter { $0 != "userAgent" }.sorted())
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
        #expect(
            body(request)
                == #"{"allowed_mentions":{"parse":[],"replied_user":false},"components":[],"content":"down","embeds":[]}"#)
        #expect(request.route.description == "PATCH /channels/{channel}/messages/{message}")
    }

    @Test("with content always say that nobody is pinged")
    func pings() throws {
        var speaking = 0
        for request in try Self.all() where body(request).contains(#""content""#) {
            speaking += 1
            #expect(body(request).contains(#""allowed_mentions":{"parse":[],"replied_user":false}"#), "\(request.route)")
        }
        #expect(speaking == 11)
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

    @Test("for what comes after the first answer name its application and token")
    func webhooks() throws {
        let followUp = RESTRequest.followUp(of: 7, Self.token, try Self.content("up"), isEphemeral: true)
        #expect(body(followUp) == #"{"allowed_mentions":{"parse":[],"replied_user":false},"content":"up","flags":64}"#)
        #expect(followUp.route.path.value == "/webhooks/7/\(Self.token.value)")
        #expect(followUp.retry == .onlyUnsent)
        let delete = RESTRequest.deleteOriginalResponse(of: 7, Self.token)
        #expect(delete.route.description == "DELETE /webhooks/{application}/{token}/messages/@original")
        #expect(delete.route.path.value == "/webhooks/7/\(Self.token.value)/messages/@original")
        #expect(delete.body == nil && delete.route.isInteraction && delete.route.major != nil)
    }

    @Test("offer at most 25 choices, none of them empty or too long")
    func choices() throws {
        let choice = try #require(InteractionResponse.Choice(name: "Kik", value: "kik"))
        let request = RESTRequest.respond(to: 5, Self.token, with: .choices(Array(repeating: choice, count: 26)))
        #expect(body(request).matches(of: /"value":"kik"/).count == 25)
        #expect(
            body(.respond(to: 5, Self.token, with: .choices([choice])))
                == #"{"data":{"choices":[{"name":"Kik","value":"kik"}]},"type":8}"#)
        #expect(InteractionResponse.Choice(name: "", value: "x") == nil)
        #expect(InteractionResponse.Choice(name: "x", value: String(repeating: "x", count: 101)) == nil)
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

    @Test("have nonces of at most 25 characters that tell purposes and parts apart", arguments: [0, 1, 301, .max] as [UInt64])
    func nonces(source: UInt64) {
        let (source, name) = (Snowflake(rawValue: source), String(repeating: "an announcement with a long name ", count: 99))
        let nonces = Nonce.Purpose.allCases.flatMap { purpose in
            (0...UInt8.max).flatMap { part in
                [
                    Nonce(source: source, purpose: purpose, part: part), Nonce(source: name, purpose: purpose, part: part),
                    Nonce(source: "", purpose: purpose, part: part), Nonce(source: "\(source)", purpose: purpose, part: part),
                ]
            }
        }
        #expect(nonces.allSatisfy { (1...25).contains($0.text.utf16.count) })
        #expect(Set(nonces.map(\.text)).count == nonces.count)
        #expect(Nonce(source: source, purpose: .answer) == Nonce(source: source, purpose: .answer))
    }

    @Test("have nonces that are never the same for two sources", arguments: 1...3 as ClosedRange<UInt64>)
    func nonceSources(seed: UInt64) {
        var chance = Jitter(seed: seed)
        var owners: [String: String] = [:]
        for _ in 0..<20_000 {
            // Near each other, of few digits and of many: "1" with part 2 must not read like "12".
            let source = Snowflake(rawValue: UInt64(chance.fraction() * 300) << UInt64(chance.below(56)))
            let (purpose, part) = (chance.pick(Nonce.Purpose.allCases), UInt8(chance.below(256)))
            let owner = "\(source) \(purpose) \(part)"
            let nonce = Nonce(source: source, purpose: purpose, part: part)
            #expect(owners.updateValue(owner, forKey: nonce.text) ?? owner == owner)
        }
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
