import FlyingFox
import Foundation
import Testing

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
        #expect(assembler.take(frame(.binary, "a")) == .undecodable)
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

    @Test("every fault that is listed can be asked for")
    func faults() {
        let names = Fault.allNames.filter { !$0.contains("<") } + ["close_1000", "close_4999"]
        #expect(names.allSatisfy { Fault(named: $0) != nil })
        #expect(["", "close_1005", "close_5000", "close_-1", "drop"].allSatisfy { Fault(named: $0) == nil })
    }

    @Test("the chat has bounds")
    func chat() throws {
        var chat = Chat(botName: "isitdown", at: 0)
        for number in 0..<(Chat.Bounds.messages + 5) {
            let message = Message(
                id: chat.nextID(at: 0), channel: chat.guild, author: chat.mainBot, content: "\(number)", at: 0)
            chat.append(message)
        }
        #expect(chat.messages.count == Chat.Bounds.messages && chat.messages.first?.content == "5")
        for number in 0..<Chat.Bounds.people { _ = try chat.person(named: "p\(number)", at: 0) }
        #expect(throws: Chat.Refusal.self) { try chat.person(named: "onemore", at: 0) }
        #expect(try chat.person(named: "P7", at: 0).isNew == false)
        #expect(throws: Chat.Refusal.self) {
            for number in 0..<Chat.Bounds.channels { _ = try chat.channel(called: "c\(number)", at: 0) }
        }
    }
}
