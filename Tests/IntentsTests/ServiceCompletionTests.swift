import Intents
import Status
import Testing

@Suite("Names that are being typed")
struct ServiceCompletionTests {
    private static let names = [
        "Kik", "WhatsApp", "Discord", "Disney Plus", "Google", "Google Play", "X", "League of Legends", "Café",
    ]

    private let completion = ServiceCompletion(
        names.map { name in
            Service(
                id: ServiceID(name.lowercased().replacing(" ", with: "-")), name: name,
                aliases: name == "WhatsApp" ? ["wa", "zap"] : [], components: [])
        })

    private func offers(_ text: String, recent: [ServiceID] = []) -> [String] {
        completion.offers(for: text, recent: recent).map(\.name)
    }

    @Test(
        "the whole name first, then its beginning, a word in it, what is within it, and a slip",
        arguments: [
            ("ki", ["Kik"]), ("KIK", ["Kik"]), ("dis", ["Discord", "Disney Plus"]), ("google", ["Google", "Google Play"]),
            ("play", ["Google Play"]), ("zap", ["WhatsApp"]), ("whatsap", ["WhatsApp"]), ("waht", ["WhatsApp"]),
            ("dicsord", ["Discord"]),
            ("cafe", ["Café"]), ("legends", ["League of Legends"]), ("qqqq", []), ("x", ["X"]),
        ])
    func ranked(typed: String, expected: [String]) {
        #expect(offers(typed).starts(with: expected), "\(offers(typed))")
        if expected.isEmpty { #expect(offers(typed).isEmpty) }
    }

    @Test("before anything is typed, what was asked about lately comes first, each once")
    func empty() {
        #expect(offers("", recent: ["google", "kik", "gone"]).prefix(3) == ["Google", "Kik", "WhatsApp"])
        #expect(Set(offers("", recent: ["kik", "kik"])).count == Self.names.count)
    }

    @Test("among equals too")
    func recent() {
        #expect(offers("dis", recent: ["disney-plus"]) == ["Disney Plus", "Discord"])
    }

    @Test("any text is answered, within the limit")
    func hostile() {
        for text in [
            String(repeating: "k", count: 100_000), "\u{0000}", "🧪🧪🧪", "a\u{0301}\u{0301}\u{0301}", "  ", "\\", "'); --",
        ] {
            #expect(offers(text).count <= 25)
        }
    }

    @Test("who is called exactly so is found by every name")
    func exact() {
        #expect(completion.service(called: " whatsAPP ")?.id == "whatsapp")
        #expect(completion.service(called: "wa")?.id == "whatsapp")
        #expect(completion.service(called: "what") == nil)
        #expect(completion.service(called: "") == nil)
    }
}
