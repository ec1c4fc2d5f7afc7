import Testing
import Timing

@testable import Status

@Suite("An evidence journal")
struct JournalTests {
    private static let at = Timestamp(milliseconds: 1_795_428_000_000)

    private static let entries: [(line: String, evidence: JournalEntry.Evidence)] = [
        (
            #"{"at":"2026-11-23T10:00:00.000Z","service":"kik","kind":"probe","component":"messaging","target":"talk1600an.kik.com:443","vantage":"home","outcome":"failed","phase":"connect","ms":83}"#,
            .probe(
                ProbeSighting(
                    service: "kik", component: "messaging", target: "talk1600an.kik.com:443", vantage: "home", outcome: .failed,
                    phase: .connect, milliseconds: 83))
        ),
        (
            #"{"at":"2026-11-23T10:00:00.000Z","service":"kik","kind":"probe","component":"messaging","target":"a","vantage":"home","outcome":"ok","phase":null,"ms":7}"#,
            .probe(
                ProbeSighting(
                    service: "kik", component: "messaging", target: "a", vantage: "home", outcome: .ok, milliseconds: 7))
        ),
        (
            #"{"at":"2026-11-23T10:00:00.000Z","kind":"canary","target":"example.com:443","outcome":"failed"}"#,
            .canary(target: "example.com:443", isOK: false)
        ),
        (
            #"{"at":"2026-11-23T10:00:00.000Z","service":"kik","kind":"feed","source":"statuspage","word":"major"}"#,
            .feed(service: "kik", source: "statuspage", word: .major)
        ),
        (
            #"{"at":"2026-11-23T10:00:00.000Z","service":"kik","kind":"page","source":"tracker","word":"down"}"#,
            .page(service: "kik", source: "tracker", word: .down)
        ),
        (
            #"{"at":"2026-11-23T10:00:00.000Z","service":"kik","kind":"report","who":"u\"1","where":"g\\1","says":"asks"}"#,
            .report(service: "kik", who: "u\"1", place: "g\\1", says: .asks)
        ),
    ]

    @Test("is read as it was written, line by line", arguments: entries.indices)
    func roundTrip(place: Int) throws {
        let (line, evidence) = Self.entries[place]
        var reader = JournalReader()
        let entry = JournalEntry(at: Self.at, evidence: evidence)
        #expect(try reader.read(line) == entry)
        #expect(entry.line == line)
    }

    @Test("may have its members in any order, more of them, blanks, and no vantage")
    func tolerant() throws {
        var reader = JournalReader()
        let line =
            #" { "kind" : "probe", "note":"x", "n":-1.5e3, "ms" : 83.4, "outcome":"slow","target":"t","component":"c", "service":"s" , "at":"2026-11-23T11:00:00+01:00" } "#
        let probe = ProbeSighting(service: "s", component: "c", target: "t", vantage: "home", outcome: .slow, milliseconds: 83)
        #expect(try reader.read(line) == JournalEntry(at: Self.at, evidence: .probe(probe)))
        #expect(try reader.read(" \r") == nil)
    }

    @Test(
        "says what is wrong with a line",
        arguments: [
            ("{", "it breaks off"),
            ("[]", "“{” is due at byte 1"),
            (#"{"at":"2026-11-23T10:00:00.000Z"}"#, "“kind” is missing, or no text"),
            (#"{"at":"yesterday","kind":"canary"}"#, "“at” is no time such as 2026-11-23T10:00:00.000Z"),
            (#"{"at":"2026-13-23T10:00:00Z","kind":"canary"}"#, "“at” is no time such as 2026-11-23T10:00:00.000Z"),
            (
                #"{"at":"2026-11-23T10:00:00Z","kind":"guess"}"#,
                "“guess” is no kind of evidence; there are probe, canary, feed, page and report"
            ),
            (
                #"{"at":"2026-11-23T10:00:00Z","kind":"canary","target":"a","outcome":"slow"}"#,
                "“slow” is no outcome; it is one of ok, failed"
            ),
            (
                #"{"at":"2026-11-23T10:00:00Z","kind":"report","service":"s","who":"u","says":"down"}"#,
                "“where” is missing, or no text"
            ),
            (#"{"at":{"a":1}}"#, "a value is due at byte 7, and no object or list"),
            (#"{"at":"2026"} {}"#, "something follows the object"),
            (
                #"{"at":"2026-11-23T10:00:00Z","kind":"canary","target":"\q","outcome":"ok"}"#,
                "a string has an escape that JSON does not know"
            ),
            ("{\"at\":\"" + String(repeating: "x", count: 5_000) + "\"}", "it is longer than 4096 bytes"),
        ])
    func malformed(line: String, problem: String) {
        var reader = JournalReader()
        let expected = JournalReader.Malformed(problem: problem)
        #expect(throws: expected) { try reader.read(line) }
    }

    @Test("is safe to read whatever it holds: 20 000 damaged lines")
    func damaged() {
        var jitter = Jitter(seed: 5)
        func below(_ limit: Int) -> Int { Int(jitter.duration(from: .zero, to: .seconds(limit)).components.seconds) % limit }
        var reader = JournalReader()
        var read = 0
        for _ in 0..<20_000 {
            var bytes = Array(Self.entries[below(Self.entries.count)].line.utf8)
            for _ in 0...below(3) {
                switch below(3) {
                case 0: bytes[below(bytes.count)] = UInt8(below(256))
                case 1: bytes.removeLast(below(bytes.count))
                default: bytes.insert(contentsOf: Array(#"\"{}:,"#.utf8), at: below(bytes.count))
                }
                if bytes.isEmpty { bytes = [0x20] }
            }
            if (try? bytes.withUnsafeBufferPointer({ try reader.read($0) })) != nil { read += 1 }
        }
        #expect(read > 100 && read < 19_000)
    }

    @Test(
        "writes and reads times of every kind of year",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_123, "2000-02-29T00:00:00.123Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (1_795_428_000_000, "2026-11-23T10:00:00.000Z"),
            (253_402_300_799_000, "9999-12-31T23:59:59.000Z"),
        ] as [(Int64, String)])
    func timestamps(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(text)?.milliseconds == milliseconds)
    }

    @Test("knows the hour of the week, Monday's first being zero")
    func hourOfWeek() {
        #expect(Timestamp("2026-11-23T00:00:00Z")?.hourOfWeek == 0)
        #expect(Timestamp("2026-11-29T23:59:59Z")?.hourOfWeek == 167)
    }
}
