import Discord
import DiscordClient
import HTTP
import Testing

@Suite("The client of Discord’s HTTP interface, against a local Discord", .timeLimit(.minutes(1)))
struct RESTTests {
    @Test("an answer is a reply to its question and pings nobody")
    func replies() async throws {
        let stage = try await Stage()
        try await stage.play { events in
            _ = try await events.ready()
            let question = try await stage.say("is kik down?")
            let heard = try await events.message()
            let content = try #require(MessageContent("no @everyone <@\(heard.author.id)>"))
            let nonce = Nonce(source: question, purpose: .answer)
            let answer = try await stage.rest.send(
                .createMessage(in: heard.channelID, content, replyingTo: question, nonce: nonce)
            )
            let message = try #require(Message(decoding: answer.body))
            #expect(message.mentions.isEmpty)
            #expect(!message.mentionsEveryone)
            let shown = try #require(try await stage.transcript().last)
            #expect(shown["reply_to"] as? String == "\(question)")
            #expect(shown["bot"] as? Bool == true)
        }
    }

    @Test(
        "whatever happens on the way, an answer arrives once",
        arguments: ["rest_429", "rest_429_global", "rest_500", "rest_502", "rest_lost_answer"]
    )
    func arrivesOnce(fault: String) async throws {
        let stage = try await Stage()
        try await stage.play { events in
            _ = try await events.ready()
            let question = try await stage.say("is kik down?")
            let heard = try await events.message()
            try await stage.fault(fault)
            let content = try #require(MessageContent("it is up"))
            let nonce = Nonce(source: question, purpose: .answer)
            _ = try await stage.rest.send(.createMessage(in: heard.channelID, content, replyingTo: question, nonce: nonce))
            let answers = try await stage.transcript().filter { $0["content"] as? String == "it is up" }
            #expect(answers.count == 1)
        }
    }

    @Test("a refusal says what Discord said, and is not tried again")
    func refusal() async throws {
        let stage = try await Stage()
        let content = try #require(MessageContent("into the void"))
        await #expect {
            _ = try await stage.rest.send(.createMessage(in: 1, content, nonce: Nonce(source: 1, purpose: .answer)))
        } throws: { error in
            guard case RESTError.refused(404, let error) = error else { return false }
            return error?.code == 10_003
        }
        await stage.close()
    }

    @Test("a wrong token is said to be one, and nothing more is sent with it")
    func wrongToken() async throws {
        let stage = try await Stage(token: "wrong.token.here")
        for _ in 0..<2 {
            await #expect { _ = try await stage.rest.send(.gatewayBot) } throws: { error in
                (error as? RESTError)?.isUnauthorized == true
            }
        }
        await stage.close()
    }

    @Test("what waits when it is closed is given up, and nothing is taken any more")
    func closed() async throws {
        let stage = try await Stage()
        await stage.rest.close()
        await #expect(throws: RESTError.closed) { _ = try await stage.rest.send(.gatewayBot) }
        await stage.close()
    }
}
