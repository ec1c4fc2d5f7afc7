import Discord
import Testing

@Suite("messages")
struct MessageTests {
    private let bot: Snowflake = 7

    private func message(_ content: String = "", guild: Snowflake? = 10, mentions: [Snowflake] = []) -> Message {
        Message(id: 1, channelID: 2, guildID: guild, author: .init(id: 3), content: content, mentions: mentions)
    }

    @Test(
        "are answered when they are ordinary or replies",
        arguments: [(0, true), (19, true), (20, false), (7, false), (nil, false)])
    func types(type: Int?, isAnswered: Bool) {
        var message = message("hi")
        message.type = type
        #expect(message.mayBeAnswered(by: bot) == isAnswered)
    }

    @Test(
        "of bots, webhooks, the system and ourselves are never answered",
        arguments: [
            Message(id: 1, channelID: 2, author: .init(id: 3, isBot: true), content: "hi"),
            Message(id: 1, channelID: 2, author: .init(id: 3, isSystem: true), content: "hi"),
            Message(id: 1, channelID: 2, author: .init(id: 3), webhookID: 4, content: "hi"),
            Message(id: 1, channelID: 2, author: .init(id: 7), content: "hi"),
        ])
    func machines(_ message: Message) {
        #expect(!message.mayBeAnswered(by: bot))
    }

    @Test("speak to the bot when they mention it or are direct")
    func addressed() {
        #expect(message(mentions: [9, 7]).isAddressed(to: bot))
        #expect(message(guild: nil).isAddressed(to: bot))
        #expect(!message(mentions: [9]).isAddressed(to: bot))
        var everyone = message()
        everyone.mentionsEveryone = true
        #expect(!everyone.isAddressed(to: bot))
    }

    @Test(
        "lose the mention of the bot and nothing else",
        arguments: [
            ("<@7> is kik down?", "is kik down?"), ("<@!7> is kik down?", "is kik down?"),
            ("is kik down <@7> ?", "is kik down ?"),
            ("<@7>", ""), ("<@70> and <@&7> <#7>", "<@70> and <@&7> <#7>"), ("<@7><@7>a<@!7>b", "a b"),
            ("<@7>\nfirst\n\n  second", "first\n\nsecond"), ("<@7>\u{301} x", "x"), ("<@", "<@"),
            ("\n \n a \t b \n\n\u{B} c<@7>\n ", "a b\n\nc"), (" \n ", ""), ("a\r\nb\rc", "a b c"), ("  é \n ü  ", "é\nü"),
        ])
    func mentions(content: String, text: String) {
        #expect(message(content).text(removingMentionsOf: bot) == text)
    }

    @Test("that come empty without the intent are hidden, not silent")
    func hidden() {
        #expect(message().words(for: bot, reading: .conversation) == .hidden)
        #expect(message().words(for: bot, reading: .conversationAndText) == .said(""))
        #expect(message("<@7>", mentions: [7]).words(for: bot, reading: .conversation) == .said(""))
        #expect(message(guild: nil).words(for: bot, reading: .conversation) == .said(""))
        #expect(message("here after all").words(for: bot, reading: .conversation) == .said("here after all"))
    }
}
