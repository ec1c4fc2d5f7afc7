import Discord
import Foundation
import Logging
import Probes
import Replies
import Schedules
import Status
import Testing
import Timing

@testable import Bot

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
private let shipped = Result {
    let installation = try Installation.located(environment: ["ISITDOWN_ROOT": root.path(percentEncoded: false)])
    let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let desk = StatusDesk.make(configuration: Configuration(), pace: StatusBoard.Settings(), log: log)
    return try Pipeline(installation: installation, configuration: Configuration(), desk: desk, home: "discord")
}

/// What commands and buttons come to, before anything has been looked at: every verdict is unknown.
@Suite("Commands and buttons")
struct ConversationTests {
    private let responder: Responder

    init() throws {
        responder = try shipped.get().responder
    }

    private func visit(
        _ person: String = "1", in place: String, community: String? = "9", language: String = "en", mayManage: Bool = false,
        isMember: Bool = true, at now: Timestamp = Timestamp(milliseconds: 1_764_000_000_000)
    ) -> Visit {
        Visit(
            person: person, place: place, community: community, language: language, manners: Manners(), mayManage: mayManage,
            isMember: isMember, now: now)
    }

    private func reply(_ outcome: Outcome) throws -> Reply {
        guard case .reply(let reply, _) = outcome else {
            Issue.record("\(outcome)")
            return Reply(tone: .neutral, paragraphs: [])
        }
        return reply
    }

    private func say(_ use: CommandUse, _ visit: Visit) async throws -> Reply {
        try reply(await responder.outcome(of: use, visit))
    }

    @Test("a service by any of its names is answered about, in the asker's language, with what can be done")
    func isDown() async throws {
        for (name, language) in [("kik", "en"), ("KIK messenger", "de"), ("whats app", "fr"), ("zap", "pt")] {
            let reply = try await say(.isDown(name), visit(in: "isdown", language: language))
            #expect(reply.paragraphs[0].contains(name.lowercased().hasPrefix("kik") ? "Kik" : "WhatsApp"))
            #expect(reply.choices.count == 5 && reply.hasHeadline, "\(reply)")
        }
    }

    @Test("a name that is none is shown harmless, with the nearest ones to choose")
    func unknownService() async throws {
        let near = try await say(.isDown("watsap"), visit(in: "unknown"))
        #expect(near.text.contains("WhatsApp"))
        let name = "**<@1> nosuch @everyone**" + String(repeating: "\u{202E}z", count: 100)
        let reply = try await say(.watch(name), visit(in: "unknown"))
        #expect(reply.text.contains("nosuch") && !reply.text.contains("@everyone") && !reply.text.contains("<@1"))
        let nothing = try await say(.fix(nil, .crash, nil), visit(in: "nowhere"))
        #expect(nothing.text.hasPrefix("Which app?"))
        #expect(nothing.choices.contains { $0.action == .fix("whatsapp", .crash) } && nothing.choices.count > 40)
    }

    @Test("who asks in a way that only servers have is told so, and so is who may not")
    func permissions() async throws {
        let uses: [CommandUse] = [
            .announce("kik", channel: 5), .listAnnouncements, .stopAnnouncing("kik", channel: nil),
            .settings(service: "kik", language: nil, talk: nil),
        ]
        for use in uses {
            let direct = try await say(use, visit(in: "dm", community: nil, mayManage: true))
            #expect(direct.text.hasPrefix("That is for servers only"))
            #expect(try await say(use, visit(in: "room")).text.hasPrefix("Only those who may manage"))
            #expect(try await say(use, visit(in: "room", mayManage: true, isMember: false)).text.hasPrefix("I am not a member"))
        }
        #expect(responder.book.settings["9"] == nil)
    }

    @Test("settings are kept, shown, and taken back")
    func settings() async throws {
        let mine = visit(in: "s", community: "77", mayManage: true)
        let set = try await say(.settings(service: "whatsapp", language: "de", talk: "eager"), mine)
        #expect(set.text.contains("WhatsApp") && set.text.contains("Deutsch") && set.text.contains("I answer readily"))
        let change = try #require(responder.book.settings["77"])
        #expect(change.defaultService == "whatsapp" && change.language == "de" && change.certainty == 0.6)
        #expect(try await say(.settings(service: nil, language: "xx", talk: nil), mine).text.contains("I have: "))
        #expect(try await say(.settings(service: "nosuch", language: nil, talk: nil), mine).text.contains("nosuch"))
        for none in ["none", "ninguna", "keine"] {
            _ = try await say(.settings(service: none, language: nil, talk: nil), mine)
            #expect(
                responder.book.settings["77"]?.hasNoDefaultService == true && responder.book.settings["77"]?.defaultService == nil
            )
        }
        _ = try await say(.settings(service: nil, language: nil, talk: "never"), mine)
        #expect(responder.book.settings["77"]?.answersUnaddressed == false)
    }

    @Test("announcing twice is announcing once, and it can be listed and ended")
    func announcing() async throws {
        let mine = visit(in: "50", community: "78", mayManage: true)
        #expect(try await say(.announce("kik", channel: 51), mine).text.contains("<#51>"))
        #expect(try await say(.announce("kik", channel: 51), mine).text.contains("already"))
        #expect(try await say(.announce("whatsapp", channel: nil), mine).text.contains("<#50>"))
        let list = try await say(.listAnnouncements, mine).text
        #expect(list.contains("- Kik: <#51>") && list.contains("- WhatsApp: <#50>"))
        #expect(try await say(.stopAnnouncing("kik", channel: 51), mine).text.contains("won't announce"))
        #expect(try await say(.stopAnnouncing("kik", channel: 51), mine).text.contains("was not announced"))
        // Another server sees nothing of it.
        #expect(
            try await say(.listAnnouncements, visit(in: "50", community: "79", mayManage: true)).text.hasPrefix(
                "Nothing is announced"))
    }

    @Test("a retired service is answered as retired, whatever is asked of it")
    func retired() async throws {
        for use in [CommandUse.isDown("skype"), .watch("skype"), .fix("skype", nil, nil)] {
            #expect(try await say(use, visit(in: "retired")).text.contains("gone for good"), "\(use)")
        }
    }

    @Test("the dialogue begins, goes on, is resumed, and is asked afresh after a day")
    func dialogue() async throws {
        let ann = visit("ann", in: "d")
        let menu = try await say(.fix("kik", nil, nil), ann)
        #expect(menu.choices.count == 10)
        guard case .triage(let begun, .look) = menu.choices[3].action else {
            Issue.record("\(menu.choices)")
            return
        }
        #expect(begun.symptom == .crash)
        var reply = try reply(await responder.outcome(of: menu.choices[3].action, ann))
        reply = try self.reply(await responder.outcome(of: reply.choices[0].action, ann))
        let resumed = try await say(.fix("kik", nil, nil), ann)
        #expect(resumed.paragraphs[0] == "We had begun already, so let's go on where you stopped.")
        // Another person begins their own.
        #expect(try await say(.fix("kik", nil, nil), visit("bo", in: "d")).choices.count == 10)
        let later = visit("ann", in: "d", at: Timestamp(milliseconds: ann.now.milliseconds + 2 * 86_400_000))
        let button = try #require(reply.choices.first { if case .triage = $0.action { true } else { false } })
        let anew = try self.reply(await responder.outcome(of: button.action, later))
        #expect(anew.paragraphs[0].hasPrefix("That was a while ago"))
    }

    @Test("what is over is not gone on with, and another device begins anew")
    func over() async throws {
        let ann = visit("over", in: "o")
        var triage = Triage(service: "kik", symptom: .slow, platform: .android, began: ann.now)
        triage.stage = .steps(after: "network")
        // A page of one step: that it helped is the end.
        for input in [Triage.Input.helped, .helpedBy("force-close")] {
            _ = await responder.outcome(of: .triage(triage, input), ann)
            #expect(try await say(.fix("kik", nil, nil), ann).choices.count == 10, "\(input)")
        }
        triage.stage = .steps(after: nil)
        _ = await responder.outcome(of: .triage(triage, .look), ann)
        #expect(try await say(.fix("kik", .slow, .android), ann).text.hasPrefix("We had begun already"))
        #expect(!(try await say(.fix("kik", .slow, .ios), ann).text.hasPrefix("We had begun already")))
    }

    @Test("what is said in a form chooses the symptom")
    func form() async throws {
        guard case .form = await responder.outcome(of: .describe("kik"), visit(in: "f")) else {
            Issue.record("no form")
            return
        }
        let reply = try reply(
            await responder.outcome(ofWords: "my messages wont send at all", about: "kik", visit("carl", in: "f")))
        guard case .triage(let triage, _) = reply.choices.first?.action else {
            Issue.record("\(reply)")
            return
        }
        #expect(triage.symptom == .cannotSend)
    }

    @Test("a command on a message answers the question in it, and says so where there is none")
    func aboutMessage() async throws {
        let question = Interaction.Target(id: 1, authorID: 2, text: "ugh is discord ded")
        #expect(try await say(.aboutMessage(question), visit(in: "m")).text.contains("Discord"))
        let chatter = Interaction.Target(id: 1, authorID: 2, text: "pizza tonight?")
        #expect(try await say(.aboutMessage(chatter), visit(in: "m")).text.hasPrefix("I find no question"))
    }

    @Test("another look at the past shows the past")
    func historyAgain() async throws {
        let reply = try await say(.history("kik"), visit(in: "past"))
        #expect(reply.choices.map(\.action) == [.again(.history, "kik")])
    }

    @Test("is it you or me? says how the bot itself is")
    func whoseFault() async throws {
        let question = Question(id: "1", place: "w", person: "2", text: "is it you or me?", isAddressed: true)
        let answer = try #require(responder.consider(question))
        #expect(answer.wanted == .whoseFault)
        let reply = try #require(await responder.reply(answer))
        #expect(reply.text.contains("As for me") && reply.text.contains("As for you"))
        // Nothing has been looked at yet, so nothing is claimed.
        #expect(reply.text.contains("I reach only 0 of") && !reply.text.contains("connection is fine"))
    }

    @Test("about what it talks over itself, the bot says that at least this gets through")
    func home() async throws {
        let reply = try await say(.isDown("discord"), visit(in: "h"))
        #expect(reply.text.contains("You are reading this on Discord"))
        #expect(!(try await say(.isDown("kik"), visit(in: "h")).text.contains("You are reading this on")))
    }

    @Test("a button about a service that is watched no more says so")
    func gone() async throws {
        let reply = try reply(await responder.outcome(of: .tell("gone"), visit(in: "g")))
        #expect(reply.text.hasPrefix("That one I don't watch"))
    }

    @Test("who wishes to be told is, once; and can take it back")
    func telling() async throws {
        let ann = visit("teller", in: "t")
        let wish = try reply(await responder.outcome(of: .tell("kik"), ann))
        #expect(wish.text.contains("one private message"))
        #expect(try reply(await responder.outcome(of: .tell("kik"), ann)).text.contains("settled already"))
        #expect(try await say(.unwatch("kik"), ann).text.contains("won't send you"))
        #expect(try await say(.unwatch("kik"), ann).text.contains("had not been asked"))
    }

    @Test("every answer of a command has words in every language")
    func languages() async throws {
        let uses: [CommandUse] = [
            .isDown("kik"), .overview, .history("kik"), .report("kik", .up), .report("kik", .down), .help, .explain(.bugs),
            .explain(nil),
            .fix("kik", nil, nil), .listAnnouncements, .settings(service: nil, language: nil, talk: nil), .unknown,
        ]
        for language in ["en", "es", "pt", "de", "fr"] {
            for use in uses {
                let reply = try await say(use, visit("l" + language, in: "l", language: language, mayManage: true))
                #expect(!reply.text.isEmpty, "\(language) \(use)")
                #expect(reply.choices.allSatisfy { (1...80).contains($0.label.utf16.count) })
            }
        }
    }
}
