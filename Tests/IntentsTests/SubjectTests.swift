import Intents
import Testing

@Suite("What a message speaks of that names no service")
struct SubjectTests {
    @Test(
        "of whatever the chat is about",
        arguments: [
            "is it down?", "is it back up yet", "down again??", "anyone else's broken rn", "is the app down",
            "are the servers down",
            "its not working", "app keeps crashing", "is it just me or is it down", "servers dead?", "the site wont load",
            "noticed it feels quite laggy at the moment", "why is it so slow today", "messages are not going through",
            "are we back up",
            "no one can connect, someone restart it? or is it up for you", "", "down", "is everyone's app down",
            "ist der server down",
            "funktioniert bei euch auch nichts", "não está funcionando", "i keep disconnecting every time",
        ]
    )
    func unspoken(text: String) {
        #expect(Subject(of: text) == .unspoken)
    }

    @Test(
        "of something else",
        arguments: [
            "is foobar down?", "is my bank app down?", "are the elevators down?", "is the subway down or is it just me",
            "is everything down",
            "is example.com down?", "https://example.org/x is not loading", "is the coffee machine broken again", "foobar down",
            "is the school website down for you too",
        ]
    )
    func other(text: String) {
        #expect(Subject(of: text) == .other)
    }

    @Test("any text is read, at a bounded cost")
    func hostile() {
        for text in [
            String(repeating: "down ", count: 100_000), String(repeating: "a.b", count: 50_000), "\u{0}.\u{202E}.", "....", ".a",
            "a.",
        ] {
            _ = Subject(of: text)
        }
    }
}
