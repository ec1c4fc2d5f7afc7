import TestChance
import Testing

@testable import Probes

@Suite("DNS messages")
struct DNSMessageTests {
    /// The question of RFC 8484, 4.2.2, whose bytes the standard prints.
    @Test("a question is written as the standard prints it")
    func question() throws {
        let expected: [UInt8] =
            [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3] + Array("www".utf8) + [7] + Array("example".utf8) + [3] + Array("com".utf8)
            + [0, 0, 1, 0, 1]
        #expect(DNSMessage.question("www.example.com", .a) == expected)
        #expect(DNSMessage.question("www.example.com.", .a) == expected)
    }

    @Test(
        "what is no name is not asked about",
        arguments: [
            "", ".", "a..b", String(repeating: "x", count: 64), Array(repeating: "abcdefg", count: 40).joined(separator: "."),
            "bücher.example",
        ])
    func noName(name: String) {
        #expect(DNSMessage.question(name, .a) == nil)
    }

    /// The answer of RFC 8484, 4.2.2: www.example.com is 2001:db8:abcd:12:1:2:3:4.
    private static let printed: [UInt8] = [
        0x00, 0x00, 0x81, 0x80, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x03, 0x77, 0x77, 0x77, 0x07, 0x65, 0x78, 0x61,
        0x6d, 0x70, 0x6c, 0x65, 0x03, 0x63, 0x6f, 0x6d, 0x00, 0x00, 0x1c, 0x00, 0x01, 0xc0, 0x0c, 0x00, 0x1c, 0x00, 0x01, 0x00,
        0x00, 0x0e, 0x7d, 0x00, 0x10, 0x20, 0x01, 0x0d, 0xb8, 0xab, 0xcd, 0x00, 0x12, 0x00, 0x01, 0x00, 0x02, 0x00, 0x03, 0x00,
        0x04,
    ]

    @Test("an answer is read as the standard prints it")
    func answer() {
        let address: [UInt8] = [0x20, 0x01, 0x0d, 0xb8, 0xab, 0xcd, 0, 0x12, 0, 1, 0, 2, 0, 3, 0, 4]
        #expect(DNSMessage.answer(Self.printed, to: .aaaa) == .addresses([address]))
        #expect(DNSMessage.answer(Self.printed, to: .a) == DNSMessage.Answer.none)
    }

    @Test(
        "the code of an answer is read",
        arguments: [(0x83, DNSMessage.Answer.none), (0x82, .failed), (0x85, .failed)] as [(UInt8, DNSMessage.Answer)])
    func codes(code: UInt8, meaning: DNSMessage.Answer) {
        var message = Self.printed
        message[3] = code
        #expect(DNSMessage.answer(message, to: .aaaa) == meaning)
    }

    @Test("an answer cut anywhere is none, and so is a question")
    func cut() {
        for length in 0..<Self.printed.count {
            #expect(DNSMessage.answer(Array(Self.printed.prefix(length)), to: .aaaa) == nil)
        }
        var question = Self.printed
        question[2] = 0x01
        #expect(DNSMessage.answer(question, to: .aaaa) == nil)
    }

    @Test("whatever bytes come, they are read to an end")
    func noise() {
        var chance = SplitMix(state: 7)
        for _ in 0..<20_000 {
            var message = Self.printed
            for _ in 0..<Int.random(in: 1...6, using: &chance) {
                message[Int.random(in: 2..<message.count, using: &chance)] = UInt8.random(in: 0...255, using: &chance)
            }
            if case .addresses(let all) = DNSMessage.answer(message, to: .aaaa) { #expect(all.allSatisfy { $0.count == 16 }) }
        }
    }
}
