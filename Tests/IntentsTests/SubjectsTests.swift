import Status
import Testing

@testable import Intents

@Suite("Which services a message is about")
struct SubjectsTests {
    private func services(_ text: String) -> [ServiceID] {
        Bundled.matcher.match(text).services
    }

    @Test(
        "those that are named together",
        arguments: [
            ("is kik and whatsapp down?", ["kik", "whatsapp"]),
            ("are instagram, facebook and whatsapp down", ["instagram", "facebook", "whatsapp"]),
            ("is x or whatsapp down", ["x", "whatsapp"]),
            ("anyone elses snap and insta not loading rn", ["snapchat", "instagram"]),
            ("whatsapp y telegram no funcionan", ["whatsapp", "telegram"]), ("kik und discord gehen nicht", ["kik", "discord"]),
            ("is kik down? what about whatsapp?", ["kik", "whatsapp"]), ("kik kik kik down", ["kik"]),
        ] as [(String, [ServiceID])])
    func together(text: String, expected: [ServiceID]) {
        #expect(services(text) == expected)
    }

    @Test(
        "the one that something is wrong with, or asked of",
        arguments: [
            ("whatsapp works fine but is kik down", "kik"), ("is kik down? discord works for me", "kik"),
            ("kik is dead, text me on telegram", "kik"), ("kik works is whatsapp down", "whatsapp"),
            ("cant login to spotify with facebook", "spotify"), ("telegram va bien pero whatsapp se cayó", "whatsapp"),
            ("everything works on discord but not on kik", "kik"), ("kik geht, aber whatsapp ist down", "whatsapp"),
        ] as [(String, ServiceID)])
    func troubled(text: String, expected: ServiceID) {
        #expect(services(text) == [expected])
    }

    @Test("a label in brackets is a name", arguments: [("(x) dms wont load", "x"), ("cant post all day (snap)", "snapchat")])
    func labels(text: String, expected: String) {
        #expect(services(text) == [ServiceID(expected)])
    }

    @Test(
        "a box that is ticked, or an option, is none",
        arguments: ["[x] tested the fix", "x", "option (y) or (z)", "f(x) is a line"])
    func noLabels(text: String) {
        #expect(services(text) == [])
    }

    @Test(
        "what is near a name is guessed, where somebody has to be answered",
        arguments: [
            ("is snpchta down", ["snapchat"]), ("wahtsaap not working", ["whatsapp"]), ("is kkik ok", ["kik"]),
            ("is kjk down", ["kik"]),
            ("is my bank app down", []), ("tell me a joke", []), ("is foobar down", []), ("", []),
        ] as [(String, [ServiceID])])
    func guesses(text: String, expected: [ServiceID]) {
        let watched: Set<ServiceID> = ["kik", "whatsapp", "snapchat", "telegram"]
        #expect(Bundled.matcher.guesses(of: text, among: watched) == expected)
    }
}
