import Bot
import Foundation
import Logging
import Replies
import Status
import Testing
import Timing

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
        by responder: Responder? = nil
    ) -> Responder.Answer? {
        (responder ?? self.responder).consider(
            Question(
                id: "1",
                place: "2",
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
        #expect(consider(text) == Responder.Answer(wanted: wanted, service: "kik", language: "en", voice: voice))
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
            let mayConcern = Array(line.utf8).withUnsafeBufferPointer(responder.mayConcern)
            #expect(answer == nil || mayConcern, "\(line)")
            #expect(consider(line, by: responder) == answer, "\(line)")
            if !mayConcern { sortedOut += 1 }
        }
        #expect(answered > 400 && sortedOut > 400)
    }

    @Test("what names no service concerns a chat that has a usual one, unless nobody is answered unasked")
    func sortingByManners() throws {
        func mayConcern(_ text: String, _ responder: Responder) -> Bool {
            Array(text.utf8).withUnsafeBufferPointer(responder.mayConcern)
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

    @Test("before anything was looked at, the answer says so and claims nothing")
    func unknownAtFirst() async throws {
        let answer = try #require(consider("is kik down?"))
        let reply = await responder.reply(answer)
        #expect(reply.tone == .unsure)
        #expect(!reply.text.contains("I can reach"))
    }
}

extension ReplyRequest {
    fileprivate var isNextPage: Bool {
        if case .fixes(_, platform: _, after: .some) = self { true } else { false }
    }
}
