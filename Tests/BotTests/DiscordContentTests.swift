import Discord
import DiscordClient
import Foundation
import HTTP
import Logging
import Replies
import Status
import Testing

@testable import Bot

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

@Suite("What an answer is on Discord")
struct DiscordContentTests {
    private let chat: DiscordChat
    private let reply: Reply

    init() throws {
        let installation = try Installation.located(environment: ["ISITDOWN_ROOT": root.path(percentEncoded: false)])
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let desk = StatusDesk.make(configuration: Configuration(), pace: .init(), log: log)
        let pipeline = try Pipeline(installation: installation, configuration: Configuration(), desk: desk)
        let token = Secret("MTE.token.secret")
        let rest = REST(
            base: "http://127.0.0.1:1", token: token, http: HTTPClient(network: Network(), userAgent: "test"), log: log)
        chat = DiscordChat(responder: pipeline.responder, manners: MannersByChat(), seal: Seal(token), rest: rest, log: log)
        var reply = Reply(tone: .bad, paragraphs: ["Kik looks down.", "I got no answer.", "Best wait."])
        reply.hasHeadline = true
        reply.choices = [
            Reply.Choice(label: "Check again", action: .again(.status, "kik")),
            Reply.Choice(label: "Erase it", action: .same("kik"), weight: .grave),
        ]
        self.reply = reply
    }

    private static let embedLinks: UInt64 = 1 << 14

    @Test("says the same with a box and without, and has the box only where it may")
    func card() throws {
        let plain = try #require(chat.content(reply, language: "en", with: nil))
        let withheld = try #require(chat.content(reply, language: "en", with: 1 << 11))
        #expect(plain == withheld && plain.card == nil)
        #expect(plain.text == reply.text)
        for permissions in [Self.embedLinks, 1 << 3] {
            let boxed = try #require(chat.content(reply, language: "en", with: permissions))
            #expect(boxed.text == "Kik looks down." && boxed.card?.color == 0xC0_392B)
            #expect(boxed.text + "\n\n" + (boxed.card?.text ?? "") == plain.text)
            #expect(boxed.choices == plain.choices)
        }
    }

    @Test("a text without a headline stays in one piece")
    func whole() throws {
        var reply = reply
        reply.hasHeadline = false
        #expect(try #require(chat.content(reply, language: "en", with: Self.embedLinks)).card == nil)
    }

    @Test("keeps Discord's limits whatever it is given")
    func limits() throws {
        var long = reply
        long.paragraphs = (0..<40).map { "\($0) " + String(repeating: "word 🧪 ", count: 60) }
        for permissions in [nil, Self.embedLinks] {
            let content = try #require(chat.content(long, language: "en", with: permissions))
            #expect(content.text.utf16.count <= 2_000 && (content.card?.text.utf16.count ?? 0) <= 4_096)
            #expect(content.text.utf16.count + (content.card?.text.utf16.count ?? 0) <= 6_000)
        }
        #expect(chat.content(Reply(tone: .good, paragraphs: []), language: "en", with: nil) == nil)
    }

    @Test("what cannot be undone looks so, and every button is signed")
    func buttons() throws {
        let choices = try #require(chat.content(reply, language: "en", with: nil)?.choices?.choices)
        #expect(choices.map(\.style) == [.secondary, .danger])
        #expect(choices.compactMap { chat.choiceID.read($0.id) } == reply.choices.map(\.action))
    }
}
