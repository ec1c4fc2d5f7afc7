import Discord
import Testing

@Suite("gateway commands")
struct GatewayCommandTests {
    private let token = Secret("MTEw.EXAMPLE.token")

    @Test(
        "have the bytes Discord documents",
        arguments: [
            (.heartbeat(sequence: nil), #"{"op":1,"d":null}"#),
            (.heartbeat(sequence: 251), #"{"op":1,"d":251}"#),
            (
                .resume(sessionID: "5f2c", sequence: 13),
                #"{"d":{"seq":13,"session_id":"5f2c","token":"MTEw.EXAMPLE.token"},"op":6}"#
            ),
            (
                .presence(Presence(status: .doNotDisturb)),
                #"{"d":{"activities":[],"afk":false,"since":null,"status":"dnd"},"op":3}"#
            ),
            (
                .identify(intents: .conversation, Shard(id: 3, count: 16), Presence(text: "all up")),
                #"{"d":{"compress":false,"intents":4609,"presence":{"activities":[{"name":"Custom Status","state":"all up","#
                    + #""type":4}],"afk":false,"since":null,"status":"online"},"properties":{"browser":"isitdown","#
                    + #""device":"isitdown","os":"linux"},"shard":[3,16],"token":"MTEw.EXAMPLE.token"},"op":2}"#
            ),
        ] as [(GatewayCommand, String)])
    func bytes(command: GatewayCommand, json: String) throws {
        #expect(String(decoding: try command.encoded(token: token), as: UTF8.self) == json)
    }

    @Test("that Discord would refuse for their size are refused here")
    func tooLarge() {
        let command = GatewayCommand.resume(sessionID: String(repeating: "s", count: 4_096), sequence: 1)
        #expect(throws: GatewayCommand.TooLarge.self) { try command.encoded(token: token) }
    }

    @Test("with a presence fit whatever it says", arguments: ["\u{1}", "🧪", "e\u{301}\u{301}\u{301}\u{301}"])
    func largePresence(text: String) throws {
        let presence = Presence(text: String(repeating: text, count: 10_000))
        let command = GatewayCommand.identify(intents: .conversation, .only, presence)
        #expect(try command.encoded(token: token).count <= GatewayCommand.largest)
    }

    @Test("show no token when they are printed")
    func printed() {
        #expect("\(token)" == "[secret]")
        #expect(String(reflecting: [token]) == "[[secret]]")
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!dumped.contains("EXAMPLE"))
    }

    @Test("intents have the values of Discord's table")
    func intents() {
        #expect(GatewayIntents.conversation.rawValue == 4_609)
        #expect(GatewayIntents.conversationAndText.rawValue == 37_377)
        #expect(GatewayIntents.privileged.rawValue == 2 | 256 | 32_768)
        #expect(GatewayIntents.directMessagePolls.rawValue == 33_554_432)
    }
}
