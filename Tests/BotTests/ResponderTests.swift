import Foundation
import Logging
import Replies
import Status
import Testing
import Timing

@testable import Bot

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The responder with the texts, examples and services that we ship.
private let shipped = pipeline { $0.defaultService = "kik" }
/// The same in chats that are about no service in particular.
private let shippedForAll = pipeline { $0.defaultService = nil }

private func pipeline(_ settle: (inout Configuration.Chat) -> Void) -> Result<Pipeline, any Error> {
    var configuration = Configuration()
    settle(&configuration.chat)
    return Result {
        let installation = try Installation.located(environment: ["ISITDOWN_ROOT": root.path(percentEncoded: false)])
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let desk = StatusDesk.make(configuration: configuration, pace: StatusBoard.Settings(), log: log)
        return try Pipeline(installation: installation, configuration: configuration, desk: desk)
    }
}

@Suite("What is answered")
struct ResponderTests {
    private let responder: Responder

    init() throws {
        responder = try shipped.get().responder
    }

    private func consider(
        _ text: String,
        isAddressed: Bool = false,
        answersTo: String? = nil,
        answersBot: Bool = true,
        in place: String = "2",
        by responder: Responder? = nil
    ) -> Responder.Answer? {
        (responder ?? self.responder).consider(
            Question(
                id: "1",
                place: place,
                person: "3",
                text: text,
                isAddressed: isAddressed,
                answersTo: answersTo,
                answersBot: answersTo != nil && answersBot
            )
        )
    }

    @Test(
        "questions and complaints about a service that is watched",
        arguments: [
            ("is kik down?", ReplyRequest.status, .asks),
            ("anyone else's kik broken rn??", .status, .asks),
            ("kik keeps crashing", .fixes(.crash), .down),
            ("kik keeps crashing on my iphone", .fixes(.crash, platform: .ios), .down),
            ("how do i fix kik", .fixes(.other), .down),
            ("was kik down yesterday", .history, nil),
            ("let me know when kik is back", .subscribe, nil),
        ] as [(String, ReplyRequest, PersonalWord?)])
    func answers(text: String, wanted: ReplyRequest, word: PersonalWord?) {
        let voice = word.map { PersonalVoice(who: "3", place: "2", says: $0) }
        var answer = Responder.Answer(wanted: wanted, services: ["kik"], language: "en", voice: voice)
        (answer.place, answer.isOwed) = ("2", false)
        #expect(consider(text) == answer)
    }

    @Test("who asks is counted in the community, and has heard what was said in the same room")
    func community() {
        let question = Question(id: "1", place: "2", community: "9", person: "3", text: "is kik down?", isAddressed: false)
        #expect(responder.consider(question)?.voice == PersonalVoice(who: "3", place: "9", room: "2", says: .asks))
        let page = Question(id: "1", place: "2", community: "9", person: "3", text: "is example.com down?", isAddressed: true)
        #expect(responder.consider(page)?.page?.place == "9")
    }

    @Test(
        "chatter is left alone",
        arguments: [
            "im down for pizza tonight", "add me on kik im bored", "both teams played great", "lol", "", "   ", "👍",
            "prices are down",
            String(repeating: "down ", count: 20_000), "\u{202E}\u{0000}\u{FFFF}",
        ])
    func chatter(text: String) {
        #expect(consider(text) == nil)
    }

    @Test(
        "what nobody watches is no business of ours, unless somebody asks us",
        arguments: [
            "is meta down?", "is foobar down?", "is my bank app down?", "are the elevators down?", "is everything down",
            "is kick.com down?", "is kick streaming down", "is example.com down?",
        ])
    func unwatched(text: String) {
        #expect(consider(text) == nil)
        #expect(consider(text, isAddressed: true)?.wanted == .notWatched)
    }

    @Test("an address that nobody watches is looked at for who speaks to the bot, and left alone otherwise")
    func pages() throws {
        let answer = try #require(consider("is https://example.com/x down?", isAddressed: true))
        #expect(try answer.page?.page.get().description == "https://example.com/x")
        #expect(answer.page?.person == "3" && answer.page?.place == "2")
        #expect(consider("is http://10.0.0.1 down?", isAddressed: true)?.page?.page == .failure(.address(.privateUse)))
        #expect(consider("is example.com down?") == nil)
        #expect(consider("is kik down?", isAddressed: true)?.page == nil)
        #expect(consider("is it down?", isAddressed: true)?.page == nil)
    }

    @Test(
        "what names nothing is about the chat's usual service",
        arguments: ["is it down?", "are the servers down", "is it down again??"])
    func usual(text: String) {
        #expect(consider(text)?.service == "kik")
    }

    @Test(
        "the bot says what it thinks of reinstalling",
        arguments: ["should i reinstall kik?", "should i delete kik and reinstall"])
    func reinstalling(text: String) {
        #expect(consider(text)?.wanted == .explain(.losses))
    }

    @Test("who speaks to the bot always gets an answer", arguments: ["hello there", "?", "", "asdf qwer", "thanks!"])
    func addressed(text: String) {
        #expect(consider(text, isAddressed: true) != nil)
    }

    @Test(
        "things are explained",
        arguments: [
            ("what does it mean that a server is down?", ExplainTopic.outage), ("what is a bug?", .bugs),
            ("why do apps break after an update?", .updates), ("how do messengers work?", .messengers),
        ])
    func explanations(text: String, topic: ExplainTopic) {
        #expect(consider(text, isAddressed: true)?.wanted == .explain(topic))
    }

    @Test(
        "what the help text promises to answer is answered",
        arguments: [
            ("how do I contact Kik?", ReplyRequest.contact), ("is there a support number for kik", .contact),
            ("what should I check first?", .explain(.checklist)), ("how does Kik work?", .explain(.messengers)),
            ("what does server down mean?", .explain(.outage)), ("why does it break after an update?", .explain(.updates)),
            ("kik?", .status), ("kik", .status), ("how do i contact kik support", .contact),
            ("does resetting kik delete my messages", .explain(.losses)),
        ])
    func promises(text: String, wanted: ReplyRequest) {
        #expect(consider(text, isAddressed: true)?.wanted == wanted)
    }

    @Test("who was not helped by the first steps gets the next ones")
    func continuation() throws {
        let pipeline = try shipped.get()
        let kik = try #require(pipeline.services.first { $0.id == "kik" })
        let now = Instant.origin
        let up = Verdict(state: .up, scope: .unclear, confidence: 0.9, observed: now)
        let first = pipeline.composer.compose(.fixes(.crash), service: kik, verdict: up, at: now)
        let next = try #require(consider("didn't help, android", answersTo: first.text))
        guard case .fixes(.crash, platform: .android, after: .some) = next.wanted else {
            Issue.record("\(next.wanted)")
            return
        }
        let second = pipeline.composer.compose(next.wanted, service: kik, verdict: up, at: now)
        #expect(second.text != first.text)
        #expect(consider("thanks, that helped", answersTo: first.text)?.wanted != next.wanted)
        for text in ["lol", "k", "ok i'll try that", "😭"] {
            #expect(consider(text, isAddressed: true, answersTo: first.text) == nil, "\(text)")
        }
        for text in ["didn't help", "no", "still nothing", "nope, iphone"] {
            #expect(consider(text, isAddressed: true, answersTo: first.text)?.wanted.isNextPage == true, "\(text)")
        }
        // A question of its own is answered as one.
        #expect(consider("is kik down now?", isAddressed: true, answersTo: first.text)?.wanted == .status)
        #expect(consider("will this delete my chats?", isAddressed: true, answersTo: first.text)?.wanted == .explain(.losses))
        #expect(consider("how do i contact support", isAddressed: true, answersTo: first.text)?.wanted == .contact)
        #expect(
            consider("actually kik won't send anything", isAddressed: true, answersTo: first.text)?.wanted == .fixes(.cannotSend))
        // The same steps, pasted by a person whom somebody answers.
        #expect(consider("iphone", answersTo: first.text, answersBot: false) == nil)
    }

    @Test(
        "in chats that are about no service, who speaks to nobody is answered only about one that they name",
        arguments: [
            "what is a bug?", "what does it mean that a server is down?", "how do messengers work?", "what can this bot do?",
            "is it down?", "are the servers down", "why does meta break after an update?",
        ])
    func namesNothing(text: String) throws {
        let responder = try shippedForAll.get().responder
        #expect(consider(text, by: responder) == nil)
        #expect(consider(text, isAddressed: true, by: responder) != nil)
        #expect(consider("is kik down?", by: responder)?.service == "kik")
    }

    @Test("the bytes tell what a chat does not want answered", arguments: [true, false])
    func sorting(hasUsualService: Bool) throws {
        let responder = try (hasUsualService ? shipped : shippedForAll).get().responder
        var sortedOut = 0
        var answered = 0
        for line in try lines() {
            // Below a message that says nothing there is no glance.
            let answer = consider(line, answersTo: " ", answersBot: false, by: responder)
            if answer != nil { answered += 1 }
            let mayConcern = Array(line.utf8).withUnsafeBufferPointer { responder.mayConcern($0) }
            #expect(answer == nil || mayConcern, "\(line)")
            #expect(consider(line, by: responder) == answer, "\(line)")
            if !mayConcern { sortedOut += 1 }
        }
        #expect(answered > 400 && sortedOut > 400)
    }

    @Test("what names no service concerns a chat that has a usual one, unless nobody is answered unasked")
    func sortingByManners() throws {
        func mayConcern(_ text: String, _ responder: Responder) -> Bool {
            Array(text.utf8).withUnsafeBufferPointer { responder.mayConcern($0) }
        }
        #expect(mayConcern("are the servers down?", responder))
        #expect(!mayConcern("lol", responder))
        #expect(!mayConcern("are the servers down?", try shippedForAll.get().responder))
        let shy = pipeline { ($0.defaultService, $0.answersUnaddressed) = ("kik", false) }
        #expect(!mayConcern("are the servers down?", try shy.get().responder))
    }

    /// A third of the examples, about Kik where they are about any service.
    private func lines() throws -> [String] {
        try ["en", "es", "pt", "de", "fr"].flatMap { language in
            let file = root.appending(path: "Responses/\(language)/examples.tsv")
            let rows = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).enumerated()
            return rows.filter { $0.offset.isMultiple(of: 3) }.compactMap { row in
                row.element.split(separator: "\t").last.map { $0.replacing("{service}", with: "Kik") }.map(String.init)
            }
        }
    }

    @Test("what is asked again a moment later by somebody else gets no second answer, unless they ask the bot")
    func repeated() async throws {
        let responder = try pipeline { $0.defaultService = "kik" }.get().responder
        func reply(_ text: String, in place: String = "2", by person: String, isAddressed: Bool = false) async throws -> Reply? {
            let question = Question(id: person, place: place, person: person, text: text, isAddressed: isAddressed)
            let answer = try #require(responder.consider(question), "\(text)")
            return await responder.reply(answer)
        }
        #expect(try await reply("is kik down?", by: "ann") != nil)
        #expect(try await reply("is kik down?", by: "bob") == nil)
        #expect(try await reply("kik wont send anything", by: "cem") == nil)
        #expect(try await reply("anyone else's kik broken", by: "ann") == nil)
        #expect(try await reply("is kik down?", by: "dee", isAddressed: true) != nil)
        #expect(try await reply("is kik down?", in: "3", by: "eve") != nil)
        #expect(try await reply("was kik down yesterday", by: "ann") != nil)
        #expect(try await reply("is whatsapp down?", by: "ann") != nil)
    }

    @Test("who gets no answer of their own is heard all the same")
    func repeatedAndHeard() async throws {
        let journal = FileManager.default.temporaryDirectory.appending(path: "isitdown-heard-\(UUID()).jsonl")
        defer { try? FileManager.default.removeItem(at: journal) }
        var configuration = Configuration()
        configuration.files.journal = journal.path(percentEncoded: false)
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let desk = StatusDesk.make(configuration: configuration, pace: StatusBoard.Settings(), log: log)
        let installation = try Installation.located(environment: ["ISITDOWN_ROOT": root.path(percentEncoded: false)])
        let responder = try Pipeline(installation: installation, configuration: configuration, desk: desk).responder
        // There is nothing to look at: what is heard is what people say.
        await desk.watch([Service(id: "kik", name: "Kik", components: [])])
        var answered = 0
        for person in 1...10 {
            let text = "kik is down, cant connect"
            let question = Question(id: "1", place: "2", person: "\(person)", text: text, isAddressed: false)
            let answer = try #require(responder.consider(question))
            if await responder.reply(answer) != nil { answered += 1 }
        }
        await desk.stop()
        let lines = try String(contentsOf: journal, encoding: .utf8).split(separator: "\n")
        #expect(lines.count { $0.contains("\"report\"") } == 10, "\(lines)")
        #expect(answered == 1)
    }

    @Test("what people talk about needs no name, for as long as they talk about it")
    func talkedAbout() async throws {
        let responder = try pipeline { $0.defaultService = nil }.get().responder
        func consider(_ text: String, in place: String = "2") -> Responder.Answer? {
            responder.consider(Question(id: "1", place: place, person: "ann", text: text, isAddressed: false))
        }
        func mayConcern(_ text: String, isTalkingOfOne: Bool) -> Bool {
            Array(text.utf8).withUnsafeBufferPointer { responder.mayConcern($0, isTalkingOfOne: isTalkingOfOne) }
        }
        #expect(consider("is it down for anyone else?") == nil)
        let answer = try #require(consider("is whatsapp down?"))
        _ = await responder.reply(answer)
        #expect(consider("is it down for anyone else?")?.service == "whatsapp")
        #expect(consider("is it down for anyone else?", in: "3") == nil)
        #expect(consider("is kik down?")?.service == "kik")
        #expect(consider("are the elevators down?") == nil)
        #expect(consider("lol") == nil)
        #expect(mayConcern("is it down for anyone else?", isTalkingOfOne: true))
        #expect(!mayConcern("is it down for anyone else?", isTalkingOfOne: false))
        #expect(!mayConcern("lol", isTalkingOfOne: true))
    }

    @Test("several services get one answer, with a headline each")
    func several() async throws {
        let answer = try #require(consider("are kik and whatsapp down?", in: "several"))
        #expect(answer.services == ["kik", "whatsapp"])
        let reply = try #require(await responder.reply(answer))
        #expect(reply.paragraphs[0].contains("Kik") && reply.paragraphs[1].contains("WhatsApp"))
        #expect(Set(reply.paragraphs).count == reply.paragraphs.count)
    }

    @Test("who misspells a name beyond a slip gets an answer that says what was guessed, if they asked the bot")
    func guessing() async throws {
        #expect(consider("is snpchta down?") == nil)
        let answer = try #require(consider("is snpchta down?", isAddressed: true, in: "guessing"))
        #expect(answer.services == ["snapchat"] && answer.doubt == .service)
        let reply = try #require(await responder.reply(answer))
        #expect(reply.paragraphs[0] == "I take it that you mean Snapchat.")
    }

    @Test("who is not understood gets an answer, and is told what else there is")
    func notUnderstood() async throws {
        let answer = try #require(consider("kik zorp the florb", isAddressed: true, in: "not understood"))
        #expect(answer.wanted == .status && answer.doubt == .wish)
        let reply = try #require(await responder.reply(answer))
        #expect(reply.paragraphs.last?.hasPrefix("Did you mean something else?") == true)
        #expect(reply.choices.map(\.action) == [.ask(.fixes(.other), "kik"), .ask(.history, "kik")])
        #expect(consider("kik?", isAddressed: true)?.doubt == nil)
    }

    @Test("who names nothing where nothing is usual chooses from what is watched, and gets what they wanted of it")
    func choosing() async throws {
        let responder = try shippedForAll.get().responder
        let answer = try #require(consider("it keeps crashing on my iphone", isAddressed: true, in: "choosing", by: responder))
        #expect(answer.wanted == .whichService)
        let reply = try #require(await responder.reply(answer))
        #expect(reply.choices.count > 20)
        let kik = try #require(reply.choices.first { $0.action.service == "kik" })
        #expect(kik.label == "Kik" && kik.action == .ask(.fixes(.crash, platform: .ios), "kik"))
    }

    @Test("what stands in quotes and blocks of code is nobody's question")
    func quoted() throws {
        #expect(consider("> is kik down?\nlol no") == nil)
        #expect(consider("```is kik down?```") == nil)
        #expect(consider("> lol\nis kik down?")?.service == "kik")
        #expect(consider("> is example.com down?\nhi", isAddressed: true)?.page == nil)
    }

    @Test("each chat has its own certainty, usual service and manners")
    func manners() throws {
        var changes = MannersByChat(usual: Manners(defaultService: "kik"))
        var guild = MannersChange()
        (guild.defaultService, guild.certainty) = ("whatsapp", 1)
        var channel = MannersChange()
        channel.certainty = 0.5
        var shy = MannersChange()
        shy.answersUnaddressed = false
        changes.changes = [7: guild, 8: channel, 9: shy]
        func consider(_ text: String, in place: UInt64, of community: UInt64?, isAddressed: Bool = false) -> Responder.Answer? {
            let question = Question(id: "1", place: "\(place)", person: "3", text: text, isAddressed: isAddressed)
            return responder.consider(question, changes.manners(in: place, of: community))
        }
        #expect(consider("are the servers down?", in: 1, of: 2)?.service == "kik")
        #expect(consider("are the servers down?", in: 1, of: 7) == nil)
        #expect(consider("are the servers down?", in: 1, of: 7, isAddressed: true)?.service == "whatsapp")
        #expect(consider("are the servers down?", in: 8, of: 7)?.service == "whatsapp")
        #expect(consider("is kik down?", in: 9, of: 2) == nil)
        #expect(consider("is kik down?", in: 9, of: 2, isAddressed: true)?.service == "kik")
    }

    @Test("before anything was looked at, the answer says so and claims nothing")
    func unknownAtFirst() async throws {
        let answer = try #require(consider("is kik down?", isAddressed: true, in: "at first"))
        let reply = try #require(await responder.reply(answer))
        #expect(reply.tone == .unsure)
        #expect(!reply.text.contains("I can reach"))
    }
}

extension ReplyRequest {
    fileprivate var isNextPage: Bool {
        if case .fixes(_, platform: _, after: .some) = self { true } else { false }
    }
}
