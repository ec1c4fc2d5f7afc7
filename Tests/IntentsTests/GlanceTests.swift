import Foundation
import Status
import Testing

@testable import Intents

@Suite("A glance at a text")
struct GlanceTests {
    private static let kik = ServiceNames(
        id: "kik",
        names: ["kik", "Kik", "kik messenger", "kik app", "kik messaging", "kikk", "kiks", "kik msgr"],
        homeNames: ["kick", "kicks", "kick app"]
    )
    private static let services = ServiceNames.merge(catalogue: [kik], known: Bundled.services.names)
    private static let index = ServiceIndex(services)
    /// Sees everything that we know a name of.
    private static let wide = Glance(services)
    private static let narrow = Glance(services.filter { $0.id == "kik" })
    /// Names made to be hard: of one and two letters, beyond ASCII, with marks, numbers and hosts in them, and `down` itself.
    private static let odd = [
        ServiceNames(id: "odd", names: ["ab", "Ωmega", "вайбер чат", "👻", "yahoo!", "office 365", "go kik.com", "zooom", "q"]),
        ServiceNames(id: "ordinary", names: ["the zon", "läufer", "über cab"], contextNames: ["у", "9gag", "aaron"]),
    ]

    private static func mayName(_ glance: Glance, _ text: some StringProtocol) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer(glance.mayName)
    }

    private static func named(in text: String, by index: ServiceIndex = index) -> Set<ServiceID> {
        Set(index.mentions(in: TextNormalizer.normalize(text), defaultService: nil).compactMap(\.service))
    }

    private static let lines = Bundled.examples.all.map(\.text) + Bundled.questions

    @Test(
        "passes every name, however it is written",
        arguments: [
            "is kik down", "KIK?", "kiks", "kik's", "kik’s", "k’ik", "l'kik", "(kik)", "😀kik", "kik😀", "ｋｉｋ", "𝓴ik", "ⓚⓘⓚ",
            "\u{212A}ik", "k\u{200B}i\u{FEFF}k",
            "kï\u{301}k", "kkkik", "kiiiik", "kikkkk", "#kikdown", "kik.com", "https://www.kik.com/x", "<@1>kik", "\u{FEFF}kik",
            "a—kik",
        ])
    func passes(text: String) {
        #expect(Self.named(in: text) == ["kik"])
        #expect(Self.mayName(Self.narrow, text))
    }

    @Test(
        "sorts out what is none",
        arguments: [
            "", " ", "kid", "kiki", "kick him", "skik", "akik", "like kikik", "ki k", "😀😀😀", "ça va être là", "привет как дела",
            "今天天气很好", "kin", "<@123> <:lol:5>",
            "is whatsapp down",
        ])
    func sortsOut(text: String) {
        #expect(!Self.mayName(Self.narrow, text))
    }

    @Test(
        "goes by the whole of a name of several words",
        arguments: [
            ("you tube", true), ("you <@1> tube", true), ("you you   tube", true), ("#you #tubedown", true), ("you two", false),
            ("i <3 you", false), ("we chat", true), ("we talk", false), ("epic 'games", true), ("us east 1", true),
            ("us west", false),
        ])
    func severalWords(text: String, passes: Bool) {
        #expect(Self.mayName(Self.wide, text) == passes)
    }

    @Test("misses no service that the index finds, in 200 000 variations of what people write")
    func sound() {
        var mutations = Mutations(
            lines: Self.lines, names: Self.services.flatMap { $0.names + $0.contextNames + $0.homeNames }, seed: 1)
        var missed: [String] = []
        var found = 0
        for _ in 0..<200_000 {
            let bytes = mutations.next()
            let isPassed = (
                wide: bytes.withUnsafeBufferPointer(Self.wide.mayName), narrow: bytes.withUnsafeBufferPointer(Self.narrow.mayName)
            )
            // What passes is right in any case; the slow side is asked about the rest.
            if isPassed.wide, isPassed.narrow { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            let named = Self.named(in: text)
            if !named.isEmpty { found += 1 }
            if !named.isEmpty && !isPassed.wide || named.contains("kik") && !isPassed.narrow { missed.append(text) }
        }
        #expect(missed == [])
        #expect(found > 20_000)
    }

    @Test("misses none of the hardest names either")
    func soundOdd() {
        // `down` makes every word worth reading, so it has a glance of its own.
        for services in [Self.odd, Self.odd + [ServiceNames(id: "down", names: ["down detector", "downtime"])]] {
            let index = ServiceIndex(services)
            let glance = Glance(services)
            var mutations = Mutations(lines: Self.lines, names: services.flatMap { $0.names + $0.contextNames }, seed: 2)
            var missed: [String] = []
            for _ in 0..<15_000 {
                let bytes = mutations.next()
                guard !bytes.withUnsafeBufferPointer(glance.mayName) else { continue }
                let text = String(decoding: bytes, as: UTF8.self)
                if !Self.named(in: text, by: index).isEmpty { missed.append(text) }
            }
            #expect(missed == [])
        }
    }

    @Test("lets little chatter pass")
    func useful() {
        let chatter = Bundled.examples.all.filter { $0.intent == .none && !$0.text.contains("{service}") }.map(\.text)
            .filter { Self.named(in: $0).isEmpty }
        func share(_ glance: Glance) -> Double {
            Double(chatter.count { Self.mayName(glance, $0) }) / Double(chatter.count)
        }
        let (narrow, wide) = (share(Self.narrow), share(Self.wide))
        print(
            "A glance passes \(narrow) of \(chatter.count) lines of chatter for one service, \(wide) for \(Self.services.count)")
        #expect(narrow < 0.005)
        #expect(wide < 0.15)
    }

    @Test("costs no more for texts that are made to be read again and again")
    func hostile() {
        for piece in ["k'", "k\u{301}", "'", "k", "a'", "\u{200B}", "i <", "we ", "\u{301}k'", "l'", "微", "я"] {
            let text = String(repeating: piece, count: 4_000)
            _ = Self.mayName(Self.wide, text)
            _ = Self.mayName(Self.narrow, text)
        }
    }

    @Test("reads bytes that are no UTF-8")
    func invalid() {
        for bytes in [
            [0xC3], [0xF0, 0x9F], [0x80, 0x80], [0xFF, 0x6B, 0x69, 0x6B], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
        ] as [[UInt8]] {
            _ = bytes.withUnsafeBufferPointer(Self.narrow.mayName)
        }
        #expect(([0xE2, 0x6B, 0x69, 0x6B] as [UInt8]).withUnsafeBufferPointer(Self.narrow.mayName))
        #expect(!Self.narrow.mayName(UnsafeBufferPointer(start: nil, count: 0)))
    }

    @Test("relies on what Unicode says of single letters")
    func scalars() {
        var wrong: [Unicode.Scalar] = []
        for scalar in (0x80...0x10FFFF as ClosedRange<UInt32>).lazy.compactMap(Unicode.Scalar.init) {
            var folded: [UInt8] = []
            LetterFolding.fold(scalar) { folded.append($0) }
            if let plain = LetterFolding.plain(scalar) {
                if folded != [plain] { wrong.append(scalar) }
            } else if LetterFolding.isOwnLetter(scalar) {
                let properties = scalar.properties
                if !properties.isAlphabetic || folded != Array(properties.lowercaseMapping.utf8) { wrong.append(scalar) }
            } else if scalar != "\u{212A}", folded.contains(where: { GlanceOpenings.isLetter($0) && $0 < 0x80 }) {
                wrong.append(scalar)
            }
        }
        #expect(wrong == [])
    }
}
