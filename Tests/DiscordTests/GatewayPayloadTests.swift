import Discord
import Testing

@Suite("gateway payloads")
struct GatewayPayloadTests {
    private func decode(_ text: String) throws -> GatewayPayload {
        try GatewayPayload(decoding: Array(text.utf8))
    }

    @Test(
        "are read by their operation",
        arguments: [
            (#"{"op":10,"d":{"heartbeat_interval":41250,"_trace":[]},"s":null,"t":null}"#, .hello(heartbeatInterval: 41_250)),
            (#"{"op":10,"d":{"heartbeat_interval":-1.5}}"#, .hello(heartbeatInterval: -1.5)),
            (#"{"op":1,"d":null}"#, .heartbeatRequest),
            (#"{"op":7}"#, .reconnect),
            (#"{"op":9,"d":true}"#, .invalidSession(isResumable: true)),
            (#"{"op":9,"d":false}"#, .invalidSession(isResumable: false)),
            (#"{"op":9,"d":"true"}"#, .invalidSession(isResumable: false)),
            (#"{"op":9}"#, .invalidSession(isResumable: false)),
            (#"{"op":11}"#, .heartbeatAcknowledged),
            (#"{"op":-40,"d":[]}"#, .unknown(operation: -40)),
            (#"{"op":0,"s":3,"t":"RESUMED","d":{"_trace":["x"]}}"#, .dispatch(sequence: 3, .resumed)),
            (#"{"op":0,"s":3,"t":"A_THING_OF_TOMORROW","d":7}"#, .dispatch(sequence: 3, .other("A_THING_OF_TOMORROW"))),
            (#"{"op":0,"t":"RESUMED"}"#, .dispatch(sequence: nil, .resumed)),
            (#"{"op":0,"s":"4","t":"RESUMED"}"#, .dispatch(sequence: nil, .resumed)),
            (#"{"op":0,"s":5,"t":"GUILD_CREATE","d":{"id":"10","channels":[{}]}}"#, .dispatch(sequence: 5, .guildCreated(10))),
        ] as [(String, GatewayPayload)])
    func operations(text: String, payload: GatewayPayload) throws {
        #expect(try decode(text) == payload)
    }

    @Test(
        "that are none are said to be so",
        arguments: [
            ("", .noOperation), ("null", .noOperation), ("[]", .noOperation), ("{}", .noOperation), (#"{"op":"#, .noOperation),
            (#"{"op":"0"}"#, .noOperation), (#"{"op":1e99}"#, .noOperation), (#"{"op":0.5}"#, .noOperation),
            (#"{"op":10}"#, .noInterval), (#"{"op":10,"d":{"heartbeat_interval":"x"}}"#, .noInterval),
            (#"{"op":10,"d":{"heartbeat_interval":1e999}}"#, .noInterval), (#"{"op":0,"s":1}"#, .noEventName),
            (#"{"op":0,"s":1,"t":9}"#, .noEventName),
        ] as [(String, GatewayPayload.Malformed)])
    func malformed(text: String, error: GatewayPayload.Malformed) {
        #expect(throws: error) { try decode(text) }
    }

    @Test("nested absurdly deep are refused", arguments: ["[", #"{"a":"#])
    func depth(opening: String) {
        let text = #"{"op":0,"t":"MESSAGE_CREATE","d":"# + String(repeating: opening, count: 100_000)
        #expect(throws: GatewayPayload.Malformed.noOperation) { try decode(text) }
    }

    @Test("that are no UTF-8 are refused")
    func encoding() {
        #expect(throws: GatewayPayload.Malformed.noOperation) { try GatewayPayload(decoding: [0x7B, 0xFF, 0xFE, 0x7D]) }
    }

    @Test(
        "of an event that is not as documented cost the event and not its number",
        arguments: [
            ("READY", #"{"session_id":5}"#), ("READY", #"{"session_id":"","user":{"id":"1"}}"#),
            ("READY", #"{"session_id":"a b","user":{"id":"1"}}"#), ("MESSAGE_CREATE", "null"), ("MESSAGE_CREATE", "[]"),
            ("MESSAGE_CREATE", #"{"id":"1","channel_id":"2","content":"x"}"#),
            ("MESSAGE_CREATE", #"{"id":"1","channel_id":"2","author":{"id":"-3"}}"#),
            ("MESSAGE_CREATE", #"{"id":"1","channel_id":"2","author":{"id":"3"},"guild_id":9}"#),
            ("MESSAGE_CREATE", #"{"id":"1","channel_id":"2","author":{"id":"3","bot":"yes"}}"#),
            ("GUILD_CREATE", "{}"), ("INTERACTION_CREATE", #"{"id":"1","application_id":"2","type":2}"#),
        ])
    func undecodable(name: String, content: String) throws {
        let payload = try decode(#"{"op":0,"s":8,"t":"\#(name)","d":\#(content)}"#)
        #expect(payload == .dispatch(sequence: 8, .undecodable(name)))
    }

    @Test("of READY give the session, the bot and its guilds")
    func ready() throws {
        let payload = try decode(
            #"""
            {"op":0,"s":1,"t":"READY","d":{"v":10,"user":{"id":"11","username":"isitdown","bot":true},
            "guilds":[{"id":"20","unavailable":true},{"id":"x"},7,{"id":"21"}],"session_id":"5f2c",
            "resume_gateway_url":"wss://r.example.invalid","shard":[0,1],"application":{"id":"12","flags":262144}}}
            """#)
        let ready = Ready(
            sessionID: "5f2c", resumeURL: "wss://r.example.invalid", botID: 11, applicationID: 12,
            guildIDs: [20, 21])
        #expect(payload == .dispatch(sequence: 1, .ready(ready)))
    }

    @Test("of a message give what the bot reads of it")
    func message() throws {
        let payload = try decode(
            #"""
            {"op":0,"s":58,"t":"MESSAGE_CREATE","d":{"id":"301","channel_id":"11","guild_id":"10","type":19,"flags":4096,
            "author":{"id":"20","username":"ann","global_name":"Ann","avatar":null},"content":"<@7> is it down?",
            "mentions":[{"id":"7","bot":true,"member":{"roles":[]}}],"mention_everyone":false,"webhook_id":null,
            "referenced_message":{"id":"299","author":{"id":"21"},"content":"502 again"},"a_field_of_tomorrow":{}}}
            """#)
        let message = Message(
            id: 301, channelID: 11, guildID: 10, author: .init(id: 20, username: "ann", globalName: "Ann"), type: 19,
            content: "<@7> is it down?", mentions: [7],
            referenced: .init(id: 299, authorID: 21, content: "502 again"), flags: 4_096)
        #expect(payload == .dispatch(sequence: 58, .messageCreated(message)))
    }

    @Test("of a message lack nothing that matters when optional fields are null, absent or odd")
    func sparseMessage() throws {
        let payload = try decode(
            #"""
            {"op":0,"s":1,"t":"MESSAGE_CREATE","d":{"id":"1","channel_id":"2","guild_id":null,"content":null,"mentions":"all",
            "author":{"id":"3","username":5,"bot":null},"referenced_message":null,"flags":"many","type":0}}
            """#)
        #expect(
            payload == .dispatch(sequence: 1, .messageCreated(Message(id: 1, channelID: 2, author: .init(id: 3), content: ""))))
    }

    @Test("of an interaction give who used what, with options as a path")
    func interaction() throws {
        let payload = try decode(
            #"""
            {"op":0,"s":71,"t":"INTERACTION_CREATE","d":{"id":"401","application_id":"12","type":2,"token":"t","version":1,
            "guild_id":"10","channel_id":"11","member":{"user":{"id":"20"},"permissions":"8"},"locale":"de",
            "data":{"id":"501","name":"down","type":1,"options":[{"name":"check","type":1,"options":[
            {"name":"site","type":3,"value":"example.com","focused":true},{"name":"public","type":5,"value":true},
            {"name":"count","type":4,"value":3}]}]}}}
            """#)
        var interaction = Interaction(
            id: 401, applicationID: 12, kind: .command, token: Secret("t"), guildID: 10, channelID: 11, userID: 20, locale: "de",
            command: "down",
            options: [
                .init(name: "check", value: ""), .init(name: "check/site", value: "example.com", isFocused: true),
                .init(name: "check/public", value: "true"), .init(name: "check/count", value: "3"),
            ])
        interaction.permissions = 8
        #expect(payload == .dispatch(sequence: 71, .interactionCreated(interaction)))
    }

    @Test(
        "of a form give what was filled in, in rows of the older kind and under labels of the newer",
        arguments: [
            #"{"type":1,"components":[{"type":4,"custom_id":"text","value":"it hangs"}]}"#,
            #"{"type":18,"id":1,"component":{"type":4,"id":2,"custom_id":"text","value":"it hangs"}}"#,
        ])
    func form(row: String) throws {
        let payload = try decode(
            #"{"op":0,"s":2,"t":"INTERACTION_CREATE","d":{"id":"402","application_id":"12","type":5,"token":"t","user":{"id":"20"},"#
                + #""data":{"custom_id":"words","components":[\#(row)]}}}"#)
        guard case .dispatch(_, .interactionCreated(let interaction)) = payload else {
            Issue.record("\(payload)")
            return
        }
        #expect(interaction.kind == .form && interaction.customID == "words" && interaction.texts == ["text": "it hangs"])
    }

    @Test("of a command in a message's menu give the message; of channels what the bot may do there")
    func resolved() throws {
        let payload = try decode(
            #"""
            {"op":0,"s":2,"t":"INTERACTION_CREATE","d":{"id":"402","application_id":"12","type":2,"token":"t","guild_id":"9",
            "authorizing_integration_owners":{"1":"20"},"app_permissions":"2048","member":{"user":{"id":"20"},"permissions":"x"},
            "data":{"name":"Is this down?","type":3,"target_id":"77","resolved":{"messages":{"77":{"id":"77","content":"kik ded?",
            "author":{"id":"5"}}},"channels":{"8":{"id":"8","app_permissions":"1024"},"9":{"id":"9"}}}}}}
            """#)
        guard case .dispatch(_, .interactionCreated(let interaction)) = payload else {
            Issue.record("\(payload)")
            return
        }
        #expect(interaction.target == .init(id: 77, authorID: 5, text: "kik ded?"))
        #expect(interaction.channels == [8, 9])
        #expect(interaction.channelPermissions == [8: 1_024] && interaction.botPermissions == 2_048)
        #expect(interaction.permissions == nil && !interaction.isInstalledInGuild)
    }

    @Test("of a button in a direct message give its name, its message and the user")
    func component() throws {
        let payload = try decode(
            #"""
            {"op":0,"s":2,"t":"INTERACTION_CREATE","d":{"id":"402","application_id":"12","type":3,"token":"t2","user":{"id":"20"},
            "data":{"component_type":2,"custom_id":"recheck:kik"},"message":{"id":"310","channel_id":"11"}}}
            """#)
        let interaction = Interaction(
            id: 402, applicationID: 12, kind: .component, token: Secret("t2"), userID: 20, customID: "recheck:kik", messageID: 310
        )
        #expect(payload == .dispatch(sequence: 2, .interactionCreated(interaction)))
    }
}
