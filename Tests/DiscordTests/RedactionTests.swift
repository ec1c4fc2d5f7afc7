import Discord
import Testing

@Suite("redaction")
struct RedactionTests {
    private let botToken = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.GxYzAb.abcdefghijklmnopqrstuvwxyz_-0123456789"

    @Test(
        "knows a bot's token in any text",
        arguments: [
            ("TOKEN", true), ("--config=TOKEN", true), ("xTOKEN", true), ("a TOKEN b", true), ("", false),
            ("wrong.token.here", false), ("is kik down?", false), ("deploy/isitdown.yaml", false),
            ("https://www.example.com/a.b.c", false),
        ])
    func botTokens(text: String, holds: Bool) {
        #expect(Redaction.holdsBotToken(text.replacing("TOKEN", with: botToken)) == holds)
    }

    @Test(
        "takes out what looks like a secret and leaves the rest",
        arguments: [
            ("Identify TOKEN sent", "Identify [redacted] sent"),
            (#"{"token":"TOKEN","seq":1}"#, #"{"token":"[redacted]","seq":1}"#),
            (#"{"token": "short"}"#, #"{"token": "[redacted]"}"#),
            ("Authorization: Bot abcdefghijklmnopqrstuvwxyz", "Authorization: Bot [redacted]"),
            ("authorization: Bearer abcdefghijklmnopqrst", "authorization: Bearer [redacted]"),
            ("/interactions/12/aW50ZXJhY3Rpb246x/callback", "/interactions/12/[redacted]/callback"),
            (
                "https://d.example/api/webhooks/12/abc-D_e/messages/@original",
                "https://d.example/api/webhooks/12/[redacted]/messages/@original"
            ),
            ("token=aW50ZXJhY3Rpb246RXhhbXBsZQ==", "token=[redacted]=="),
            ("x.aW50ZXJhY3Rpb246RXhhbXBsZQ", "[redacted]"),
            ("GET /channels/12/messages/34", "GET /channels/12/messages/34"),
            ("Bot started on www.example.com 1.2.3", "Bot started on www.example.com 1.2.3"),
            ("", ""),
        ])
    func shapes(text: String, expected: String) {
        #expect(Redaction().redacted(text.replacing("TOKEN", with: botToken)) == expected)
    }

    @Test("takes out known secrets of any shape")
    func values() {
        let redaction = Redaction([Secret("correct horse"), Secret("on")])
        #expect(redaction.redacted("correct horse battery, on and on") == "[redacted] battery, on and on")
    }
}
