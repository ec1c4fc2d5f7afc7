import FlyingFox
import Foundation
import LocalWeb
import Testing
import Timing

@testable import Playground

@Suite("The playground's small parts")
struct ValueTests {
    @Test(
        "names become mentions",
        arguments: [
            ("@ann hello", "<@1> hello"), ("hi @ANN!", "hi <@1>!"), ("@ann-marie and @ann", "<@2> and <@1>"),
            ("mail@ann", "mail@ann"), ("@anna @", "@anna @"), ("@@ann", "@<@1>"), ("<@1> @ann", "<@1> <@1>"), ("", ""),
        ])
    func mentions(text: String, expected: String) {
        let users = [("ann", 1), ("ann-marie", 2)].map { Chat.User(id: Snowflake(rawValue: $0.1), name: $0.0, isBot: false) }
        #expect(Mentions.written(in: text, users: users) == expected)
    }

    @Test("mentions are found once each, in order, in both spellings")
    func mentioned() {
        let text = "<@2> <@!1> <@2> <@> <@x> <@99999999999999999999999> <@3"
        #expect(Mentions.mentioned(in: text) == [Snowflake(rawValue: 2), Snowflake(rawValue: 1)])
    }

    @Test(
        "timestamps are ISO 8601 with microseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000000+00:00"), (1_770_091_506_789, "2026-02-03T04:05:06.789000+00:00"),
            (951_782_400_000, "2000-02-29T00:00:00.000000+00:00"), (-1, "1969-12-31T23:59:59.999000+00:00"),
        ] as [(Int64, String)])
    func timestamps(milliseconds: Int64, expected: String) {
        #expect(Timestamp.text(milliseconds: milliseconds) == expected)
    }

    @Test("ids rise even when the clock does not")
    func snowflakes() {
        var source = SnowflakeSource()
        let ids = [1_770_091_506_789, 1_770_091_506_789, 0, 1_770_091_506_790].map { source.next(at: $0) }
        #expect(ids == ids.sorted() && Set(ids).count == 4)
        #expect(ids[0].rawValue >> 22 == UInt64(1_770_091_506_789 - Snowflake.epoch))
    }

    @Test(
        "JSON is written as it was read",
        arguments: [#"{"a":[1,-2.5,true,null,"x\"\\\n\u0001é😀"],"b":{}}"#, "9223372036854775807", #""""#])
    func json(text: String) throws {
        #expect(try #require(JSON(parsing: Data(text.utf8))).text == text)
    }

    @Test(
        "only this machine's names are hosts, only the page's own origin may change things",
        arguments: [
            ("127.0.0.1:8787", true), ("localhost", true), ("LOCALHOST:1", true), ("[::1]:8787", true), ("[::1]", true),
            ("evil.example", false), ("127.0.0.1.evil.example", false), ("localhost:80:80", false), ("localhost:x", false),
            ("", false), ("127.0.0.1:", false), ("[::1", false),
        ])
    func hosts(host: String, isLoopback: Bool) {
        #expect(LoopbackRules.isLoopback(host) == isLoopback)
    }

    @Test("origins")
    func origins() {
        let host = "127.0.0.1:8787"
        #expect(LoopbackRules.mayChange(origin: nil, host: host, fetchSite: nil))
        #expect(LoopbackRules.mayChange(origin: "http://127.0.0.1:8787", host: host, fetchSite: "same-origin"))
        #expect(!LoopbackRules.mayChange(origin: "http://127.0.0.1:8788", host: host, fetchSite: nil))
        #expect(!LoopbackRules.mayChange(origin: "null", host: host, fetchSite: nil))
        #expect(!LoopbackRules.mayChange(origin: nil, host: host, fetchSite: "cross-site"))
        #expect(LoopbackRules.mayConnect(origin: "http://127.0.0.1") && !LoopbackRules.mayConnect(origin: "https://evil.example"))
    }

    @Test("frames are joined, bounded and checked")
    func frames() {
        func frame(_ opcode: WSFrame.Opcode, _ text: String, fin: Bool = true) -> WSFrame {
            WSFrame(fin: fin, opcode: opcode, mask: nil, payload: Data(text.utf8))
        }
        var assembler = FrameAssembler(bound: 4)
        #expect(assembler.take(frame(.text, "ab", fin: false)) == nil)
        #expect(assembler.take(frame(.ping, "p")) == .ping(Data("p".utf8)))
        #expect(assembler.take(frame(.continuation, "cd")) == .text("abcd"))
        #expect(assembler.take(frame(.continuation, "x")) == .undecodable)
        #expect(assembler.take(frame(.text, "abcde")) == .undecodable)
        #expect(assembler.take(frame(.binary, "a")) == .text("a"))
        #expect(assembler.take(.close(code: WSCloseCode(4000))) == .closed(4000))
        #expect(assembler.take(frame(.close, "")) == .closed(nil))
        #expect(assembler.take(WSFrame(fin: true, opcode: .text, mask: nil, payload: Data([0xFF]))) == .undecodable)
    }

    @Test(
        "a simulated host says what a probe expects",
        arguments: [
            ("<k", false, RawAnswer.wantsMore),
            ("<k anon=\"\">", false, .say(Array(#"<k ok="1" ts="0">"#.utf8), thenHangUp: false)),
            ("<k anon=\"\">", true, .hangUp), ("<html>", false, .hangUp), ("GET / HTTP/1.1\r\n", false, .wantsMore),
            ("GET /\r\n\r\n", false, .hangUp), ("\u{16}\u{3}\u{1}", false, .hangUp), ("", false, .wantsMore),
        ])
    func answers(words: String, isBlocked: Bool, expected: RawAnswer) {
        #expect(RawAnswer.to(Array(words.utf8), statuses: [:], isBlocked: isBlocked) == expected)
    }

    @Test("a client that never comes to the point is cut off")
    func bounds() {
        let endless = Array("GET /".utf8) + [UInt8](repeating: 97, count: RawAnswer.bound)
        #expect(RawAnswer.to(endless, statuses: [:], isBlocked: false) == .hangUp)
    }

    @Test("the chat has bounds")
    func chat() throws {
        var chat = Chat(botName: "isitdown", at: 0)
        for number in 0..<(MessageLog.bound + 5) {
            let message = Message(
                id: chat.nextID(at: 0), channel: chat.guild, author: chat.mainBot, content: "\(number)", at: 0)
            chat.log.append(message)
        }
        #expect(chat.messages.count == MessageLog.bound && chat.messages.first?.content == "5")
        for number in 0..<Chat.Bounds.people { _ = try chat.person(named: "p\(number)", at: 0) }
        #expect(throws: Chat.Refusal.self) { try chat.person(named: "onemore", at: 0) }
        #expect(try chat.person(named: "P7", at: 0).isNew == false)
        #expect(throws: Chat.Refusal.self) {
            for number in 0..<Chat.Bounds.channels { _ = try chat.channel(called: "c\(number)", at: 0) }
        }
    }

    @Test("the ban comes with the last invalid request and goes as they grow old")
    func ban() {
        var window = InvalidRequestWindow(limit: 2)
        window.count(at: .origin)
        #expect(window.ban(at: .origin) == nil)
        window.count(at: Instant(sinceOrigin: .seconds(60)))
        #expect(window.ban(at: Instant(sinceOrigin: .seconds(60))) == .seconds(540))
        #expect(window.ban(at: Instant(sinceOrigin: .seconds(600))) == nil)
    }

    @Test(
        "User-Agents",
        arguments: [
            ("DiscordBot (https://example.com, 1.0)", true), ("DiscordBot (https://example.com, 1.0) more/2", true),
            ("DiscordBot", false), ("DiscordBot (https://example.com)", false), ("curl/8", false), ("DiscordBot (, )", false),
        ])
    func userAgent(text: String, isGood: Bool) {
        let request = Request(method: "GET", path: "/", userAgent: text)
        #expect(RequestRules.mistakes(in: request).isEmpty == isGood)
    }

    @Test("a token's bot is read from its first part")
    func token() {
        let bot = Snowflake(rawValue: 1_100_000_000_000_000_001)
        #expect(BotToken.bot(of: BotToken.make(for: bot)) == bot)
        for text in ["", "x", "a.b", "....", "\u{1F600}.x"] { #expect(BotToken.bot(of: text) == nil) }
    }

    @Test("the guilds are spread over all shards", arguments: [1, 2, 3, 7, 16])
    func guilds(shards: UInt64) {
        let chat = Chat(botName: "bot", guildCount: Int(shards), at: 1_800_000_000_000)
        #expect(Set(chat.guilds.map { ($0.rawValue >> 22) % shards }).count == Int(shards))
    }
}

@Suite("The chat")
struct ChatTests {
    @Test("messages are found by their ids, also between ids that are gone")
    func lookup() throws {
        var chat = Chat(botName: "bot", at: 1_800_000_000_000)
        let channel = try #require(chat.channel(named: "general"))
        var ids: [Snowflake] = []
        for number in 0..<50 {
            let id = chat.nextID(at: 1_800_000_000_000)
            ids.append(id)
            chat.log.append(Message(id: id, channel: channel.id, author: chat.mainBot, content: String(number), at: 0))
        }
        for id in ids[10..<20] {
            let gone = chat.log.remove(id)
            #expect(gone?.id == id)
        }
        for (number, id) in ids.enumerated() {
            #expect(chat.message(id)?.content == ((10..<20).contains(number) ? nil : String(number)))
        }
        #expect(chat.message(Snowflake(rawValue: 1)) == nil)
    }

    @Test(
        "content is hidden unless it is meant for the bot",
        arguments: [
            (author: 2, mentions: [], isDirect: false, isHidden: true),
            (author: 1, mentions: [], isDirect: false, isHidden: false),
            (author: 2, mentions: [1], isDirect: false, isHidden: false),
            (author: 2, mentions: [3], isDirect: false, isHidden: true),
            (author: 2, mentions: [], isDirect: true, isHidden: false),
        ] as [(author: UInt64, mentions: [UInt64], isDirect: Bool, isHidden: Bool)])
    func content(author: UInt64, mentions: [UInt64], isDirect: Bool, isHidden: Bool) throws {
        let bot = Snowflake(rawValue: 1)
        var chat = Chat(botName: "bot", bot: bot, at: 1_800_000_000_000)
        let channel =
            try isDirect ? chat.channel(called: "dm:ann", at: 1_800_000_000_000) : #require(chat.channel(named: "general"))
        var message = Message(
            id: Snowflake(rawValue: 9), channel: channel.id, author: Snowflake(rawValue: author), content: "x", at: 0)
        message.mentions = mentions.map { Snowflake(rawValue: $0) }
        #expect(chat.hides(message, from: bot) == isHidden)
    }

    @Test("an answer to a command's answer is not meant for the bot unless it says so")
    func answersToUse() throws {
        let bot = Snowflake(rawValue: 1)
        var chat = Chat(botName: "bot", bot: bot, at: 1_800_000_000_000)
        let channel = try #require(chat.channel(named: "general"))
        var answer = Message(id: chat.nextID(at: 0), channel: channel.id, author: bot, content: "up", at: 0)
        answer.interaction = Message.Use(interaction: Snowflake(rawValue: 7), user: Snowflake(rawValue: 2))
        chat.log.append(answer)
        var reply = Message(
            id: chat.nextID(at: 0), channel: channel.id, author: Snowflake(rawValue: 2), content: "and now?", at: 0)
        reply.replyTo = answer.id
        reply.mentions = [bot]
        #expect(chat.hides(reply, from: bot))
        reply.content = "<@1> and now?"
        #expect(!chat.hides(reply, from: bot))
    }
}
