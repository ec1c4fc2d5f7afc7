import ChildProcesses
import Foundation
import Testing

@testable import Discord
@testable import DiscordClient

/// What the fast reader made of a payload, beside what the full decoder makes of it.
private struct Read {
    var payload: GatewayPayload?
    /// The fast reader's own findings, where it gave any.
    var message:
        (id: Snowflake, author: Snowflake, isDirect: Bool, isAutomatic: Bool, answers: Bool, type: Int?, content: String)?
    var mentionsSeven = false
    var other: GatewayEvent?
    var whole: Message?
    var sequence: Int?
    var isMalformed = false
}

private func read(_ messages: [[UInt8]], _ compression: TransportCompression = .none) throws -> [Read] {
    let reader = PayloadReader()
    let inflater = Inflater(compression)
    var all: [Read] = []
    for message in messages {
        try message.withUnsafeBytes { bytes in
            try reader.read(bytes, through: inflater) { reading in
                guard case .payload(let payload) = reading else { return all.append(Read(isMalformed: true)) }
                var one = Read(sequence: payload.sequence)
                one.payload = try? GatewayPayload(decoding: Array(payload.bytes))
                one.other = payload.otherEvent
                if let message = payload.message {
                    one.message = (
                        message.id, message.author, message.isDirect, message.isAutomatic, message.answersMessage, message.type,
                        String(decoding: message.content, as: UTF8.self)
                    )
                    one.mentionsSeven = message.mentions(7)
                    one.whole = payload.wholeMessage()
                }
                all.append(one)
            }
        }
    }
    return all
}

private func read(_ text: String) throws -> [Read] {
    try read([Array(text.utf8)])
}

@Suite("The reader of payloads")
struct PayloadReaderTests {
    static let message = #"""
        {"t":"MESSAGE_CREATE","s":58,"op":0,"d":{"type":19,"tts":false,"member":{"roles":["1"],"id":"999"},"id":"1100000000000000301",
        "channel_id":"2","guild_id":"10","author":{"username":"ann","id":"3","bot":null},"content":"<@7> \u00e9\ud83e\uddea \"down\"?\n",
        "mentions":[{"id":"8","member":{"roles":[]}},{"username":"x","id":"7"}],"referenced_message":{"id":"4","author":{"id":"5"},"content":"x"}}}
        """#

    @Test("sees in a message what decides whether it is for us")
    func scansMessage() throws {
        let found = try #require(try read(Self.message).first)
        let message = try #require(found.message)
        #expect(found.sequence == 58)
        #expect(message.id == 1_100_000_000_000_000_301)
        #expect(message.author == 3)
        #expect(!message.isDirect && !message.isAutomatic && message.answers)
        #expect(message.type == 19)
        #expect(message.content == "<@7> é🧪 \"down\"?\n")
        #expect(found.mentionsSeven)
        #expect(found.payload == .dispatch(sequence: 58, .messageCreated(try #require(found.whole))))
        #expect(found.whole?.referenced == Message.Referenced(id: 4, authorID: 5, content: "x"))
    }

    @Test("reads the same where the event's name stands behind its data")
    func dataFirst() throws {
        let text =
            #"{"op":0,"d":{"id":"1","channel_id":"2","author":{"id":"3","bot":true},"content":"x","mentions":[]},"s":9,"t":"MESSAGE_CREATE"}"#
        let found = try #require(try read(text).first)
        #expect(found.message?.isAutomatic == true)
        #expect(found.message?.isDirect == true)
        #expect(found.sequence == 9)
    }

    @Test(
        "leaves to the full decoder what is not as Discord documents",
        arguments: [
            #""id":1"#, #""id":"x""#, #""id":"99999999999999999999""#, #""author":null"#, #""author":{"id":"3","bot":"yes"}"#,
            #""content":null"#, #""mentions":7"#, #""mentions":[{"id":7}]"#, #""guild_id":5"#, #""webhook_id":{}"#,
        ])
    func oddMessages(field: String) throws {
        let name = field.prefix { $0 != ":" }
        let fields = [
            #""id":"1""#, #""channel_id":"2""#, #""author":{"id":"3"}"#, #""content":"x""#, #""mentions":[]"#,
        ].filter { !$0.hasPrefix(name) }
        let data = (fields + [field]).joined(separator: ",")
        for text in [
            #"{"t":"MESSAGE_CREATE","s":1,"op":0,"d":{\#(data)}}"#, #"{"op":0,"d":{\#(data)},"s":1,"t":"MESSAGE_CREATE"}"#,
        ] {
            let found = try read(text)
            #expect(found.count == 1)
            #expect(found.first?.message == nil && found.first?.other == nil && found.first?.payload != nil, "\(text)")
        }
    }

    @Test("passes over events that nobody listens to, with their name and number")
    func otherEvents() throws {
        #expect(try read(#"{"t":"TYPING_START","s":4,"op":0,"d":{"id":"3"}}"#).first?.other == .other("TYPING_START"))
        #expect(
            try read(#"{"op":0,"t":"GUILD_CREATE","s":4,"d":{"x":[{"id":"9"}],"id":"20"}}"#).first?.other == .guildCreated(20))
        #expect(try read(#"{"op":0,"d":{"id":"20"},"s":4,"t":"GUILD_CREATE"}"#).first?.other == .guildCreated(20))
        for text in [
            #"{"t":"READY","s":1,"op":0,"d":{}}"#, #"{"t":null,"s":null,"op":11,"d":null}"#,
            #"{"op":10,"d":{"heartbeat_interval":1}}"#,
            #"{"t":"INTERACTION_CREATE","s":1,"op":0,"d":{}}"#, #"{"op":0,"d":{"id":"1"},"s":1}"#,
        ] {
            let found = try read(text)
            #expect(found.count == 1 && found.first?.other == nil && found.first?.isMalformed == false, "\(text)")
        }
    }

    @Test("reads payloads that stand behind each other in one message")
    func severalInOne() throws {
        let found = try read(#"{"op":11}"# + "\n" + Self.message + #"{"t":"X","s":60,"op":0,"d":{}} {"op":1,"d":null}"#)
        #expect(found.count == 4)
        #expect(found.map(\.sequence) == [nil, 58, 60, nil])
        #expect(found.map(\.payload)[0] == .heartbeatAcknowledged && found.map(\.payload)[3] == .heartbeatRequest)
    }

    @Test(
        "takes what is no JSON for malformed",
        arguments: [
            "", "{", "null", "[]", "{\"op\":\"0\"}", "{\"d\":{}}", "{\"op\":0,\"t\":\"X\",\"d\":{\"a\":\"\u{1}\"}}x\"", "\u{FF}",
        ])
    func malformed(text: String) throws {
        #expect(try read(text).allSatisfy(\.isMalformed))
        #expect(try read([[0x7B, 0x22, 0xFF, 0x22, 0x7D]]).first?.isMalformed == true)
    }

    @Test("a large event is read, and its memory given back")
    func largeEvent() throws {
        let large =
            #"{"t":"GUILD_CREATE","s":2,"op":0,"d":{"pad":""# + String(repeating: "x", count: 10_000_000) + #"","id":"20"}}"#
        let found = try read([Array(large.utf8), Array(Self.message.utf8)])
        #expect(found.first?.other == .guildCreated(20))
        #expect(found.last?.message?.author == 3)
    }

    /// Mutated payloads, in which the fast reader must never be surer than the full decoder.
    @Test("agrees with the full decoder on mutated payloads", arguments: 1...4 as ClosedRange<UInt64>)
    func agrees(seed: UInt64) throws {
        var chance = SystemLikeChance(state: seed)
        var (same, passed, wholes) = (0, 0, 0)
        for _ in 0..<5_000 {
            var bytes = Array(Self.message.utf8)
            for _ in 0...Int(chance.next() % 3) {
                let place = Int(chance.next() % UInt64(bytes.count))
                switch chance.next() % 3 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: chance.next())
                case 1: bytes.remove(at: place)
                default: bytes.insert("\"{}[]:,0 nt".utf8.randomElement(using: &chance) ?? 0, at: place)
                }
            }
            for found in try read([bytes]) {
                passed += 1
                guard let quick = found.message, case .dispatch(let sequence, .messageCreated(let full))? = found.payload else {
                    continue
                }
                same += 1
                #expect(quick.id == full.id && quick.author == full.author.id && quick.content == full.content)
                #expect(quick.isDirect == (full.guildID == nil) && quick.type == full.type)
                #expect(quick.isAutomatic == (full.author.isBot || full.author.isSystem || full.webhookID != nil))
                #expect(found.mentionsSeven == full.mentions.contains(7))
                if let whole = found.whole { #expect(whole == full) }
                wholes += found.whole == nil ? 0 : 1
                #expect(found.sequence == sequence)
            }
        }
        #expect(passed > 4_000 && same > 500 && wholes > 400)
    }
}

private struct SystemLikeChance: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) ^ (state << 31)
    }
}

@Suite("Streams that somebody else has packed")
struct InflaterTests {
    /// What PyPI's libraries make of the lines: one message each.
    private static func packed(_ lines: [String], _ kind: TransportCompression) throws -> [[UInt8]] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "pack.py").path(percentEncoded: false)
        let python = ProcessInfo.processInfo.environment["ISITDOWN_PYTHON"] ?? "python3"
        let packer = try ChildProcess(python, [script, kind.rawValue], input: .pipe, output: .pipe, errors: .inherited)
        try packer.input?.write(contentsOf: Data(lines.joined(separator: "\n").utf8))
        try packer.input?.close()
        let said = String(decoding: packer.output?.readDataToEndOfFile() ?? Data(), as: UTF8.self)
        try #require(packer.wait() == 0)
        return said.split(separator: "\n").compactMap { Data(base64Encoded: String($0)).map(Array.init) }
    }

    private static let lines = (1...300).map { number in
        #"{"t":"TYPING_START","s":\#(number),"op":0,"d":{"pad":"\#(String(repeating: "\(number * 7919)-", count: number % 90))"}}"#
    }

    @Test("are read message by message", arguments: [TransportCompression.zlibStream, .zstdStream])
    func inOrder(kind: TransportCompression) throws {
        let messages = try Self.packed(Self.lines, kind)
        #expect(messages.count == 300)
        #expect(try read(messages, kind).map(\.sequence) == Array(1...300))
    }

    @Test("are read however zlib's are divided over messages, its mark included", arguments: 1...8)
    func divided(step: Int) throws {
        let pieces = try Self.packed(Self.lines, .zlibStream).flatMap { message in
            stride(from: 0, to: message.count, by: max(1, message.count / 2 - step)).map {
                Array(message[$0..<min($0 + max(1, message.count / 2 - step), message.count)])
            }
        }
        #expect(try read(pieces, .zlibStream).map(\.sequence) == Array(1...300))
        // The mark, `00 00 FF FF`, over two messages, its first bytes at the end of the one.
        let cut = try Self.packed(Self.lines, .zlibStream).flatMap { message in
            [Array(message.dropLast(step % 4)), Array(message.suffix(step % 4))].filter { !$0.isEmpty }
        }
        #expect(try read(cut, .zlibStream).map(\.sequence) == Array(1...300))
    }

    @Test("are read when several payloads come in one message", arguments: [TransportCompression.zlibStream, .zstdStream])
    func joined(kind: TransportCompression) throws {
        let messages = try Self.packed(Self.lines, kind)
        let joined = stride(from: 0, to: messages.count, by: 3).map { Array(messages[$0..<min($0 + 3, messages.count)].joined()) }
        #expect(try read(joined, kind).map(\.sequence) == Array(1...300))
    }

    @Test("that are broken are refused, and nothing is made up", arguments: [TransportCompression.zlibStream, .zstdStream])
    func broken(kind: TransportCompression) throws {
        var messages = try Self.packed(Self.lines, kind)
        messages[20] = messages[20].map { $0 ^ 0x5A }
        #expect(throws: Inflater.Failure.self) { try read(messages, kind) }
        #expect(throws: Inflater.Failure.self) { try read([Array("{\"op\":11}".utf8)], kind) }
    }

    @Test(
        "that unpack to more than anything of Discord's are refused", arguments: [TransportCompression.zlibStream, .zstdStream])
    func bombs(kind: TransportCompression) throws {
        let bomb = try Self.packed([String(repeating: " ", count: PayloadBuffer.limit + 1_000)], kind)
        #expect((bomb.first?.count ?? 0) < 1 << 20)
        #expect(throws: Inflater.Failure.tooLarge) { try read(bomb, kind) }
    }
}
