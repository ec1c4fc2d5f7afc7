import Intents
import Status
import TestChance
import Testing

@Suite("What a message wants")
struct IntentMatcherTests {
    private let matcher = Bundled.matcher

    // None of these sentences is an example: they show what the matcher makes of words it has not been told.
    @Test(
        "is understood however it is phrased",
        arguments: [
            ("yo did whatsapp just go dark for all of you?", .statusQuery),
            ("is anyones telegram behaving strangely this evening", .statusQuery),
            ("hey folks is kik having a bad day or only my phone", .statusQuery),
            ("spotify still dead for you lot?", .statusQuery),
            ("snapchat refuses to send any of my photos", .symptomReport),
            ("my discord keeps kicking me out of calls", .symptomReport),
            ("ugh i can't sign in to instagram on my tablet", .symptomReport),
            ("which steps fix kik when it won't open", .fixRequest),
            ("is there any trick to get telegram going again", .fixRequest),
            ("how many times was discord down last month", .historyQuery),
            ("please ping me as soon as signal app is back up", .subscribe),
            ("what does it mean if a server is offline", .explain),
            ("why do apps break after updates", .explain),
            ("bot which commands do you have", .help),
            ("thank you, everything works again", .thanksOrAck),
            ("¿alguien sabe si se cayó telegram hoy?", .statusQuery),
            ("gente o instagram de vocês caiu também?", .statusQuery),
            ("ist spotify bei euch auch gerade down?", .statusQuery),
            ("discord marche chez vous ce matin ?", .statusQuery),
        ] as [(String, Intent)]
    )
    func intents(text: String, intent: Intent) {
        #expect(matcher.match(text).intent == intent)
    }

    @Test(
        "is nothing when people only chat",
        arguments: [
            "who is down for burgers after work", "oil prices are down this week", "he broke his arm on the slide",
            "our server at dinner was lovely", "kick the ball already", "hold the line please", "traffic signal turned green",
            "steam from the kettle burnt me", "oh snap i forgot my keys", "both teams were awful",
            "zoom out and look at the stars",
            "add me on kik if you like chess", "text me on whatsapp when you land", "i met her on snapchat", "calm down mate",
            "lockdown was a strange time", "my sister is down with a cold", "let's watch netflix later",
            "good morning lovely people",
        ]
    )
    func chatter(text: String) {
        #expect(!matcher.match(text).isSure(enoughFor: .chat()))
    }

    @Test(
        "names the symptom of a report",
        arguments: [
            ("whatsapp won't connect to the server", .cannotConnect), ("my messages on kik won't send", .cannotSend),
            ("i can't log in to my discord account", .cannotLogin), ("snapchat keeps crashing when i open it", .crash),
            ("instagram is terribly slow", .slow), ("i get no notifications from telegram", .notifications),
            ("since the update kik is broken", .updateBrokeIt), ("pictures won't load on whatsapp", .mediaFails),
            ("kik isn't working", .other),
        ] as [(String, Symptom)]
    )
    func symptoms(text: String, symptom: Symptom) {
        let match = matcher.match(text)
        #expect(match.intent == .symptomReport)
        #expect(match.symptom == symptom)
    }

    @Test(
        "has no symptom when it is no report and no request for a fix",
        arguments: ["is kik down", "add me on kik", "when was kik last down"])
    func noSymptom(text: String) {
        #expect(matcher.match(text).symptom == nil)
    }

    @Test(
        "is answered in the chat when it is plain",
        arguments: ["is kik down?", "anyone else having trouble with whatsapp?", "when will discord be back"])
    func sure(text: String) {
        #expect(matcher.match(text).isSure(enoughFor: .chat()))
    }

    @Test("is believed sooner when it is said to the bot")
    func addressed() {
        let text = "so whats the matter with it"
        let toChat = matcher.match(text)
        let toBot = matcher.match(text, context: MatchContext(isAddressed: true))
        #expect(toBot.relevance > toChat.relevance)
    }

    @Test(
        "comes from the message before when the answer is “me too”",
        arguments: ["same here", "me too", "a mi también", "bei mir auch", "moi aussi"])
    func agreement(text: String) {
        let match = matcher.match(text, context: MatchContext(answersTo: "is whatsapp down?"))
        #expect(match.intent == .symptomReport)
        #expect(match.service == "whatsapp")
    }

    @Test("stays nothing when it agrees with chatter")
    func agreementWithChatter() {
        let match = matcher.match("same here", context: MatchContext(answersTo: "i am so hungry"))
        #expect(match.intent == Intent.none)
    }

    @Test(
        "comes in a language",
        arguments: [
            ("is kik down for you too", "en"), ("X freezes a lot", "en"), ("kik?", "en"), ("¿se cayó kik para ustedes?", "es"),
            ("o kik caiu pra vocês também?", "pt"), ("geht kik bei euch nicht?", "de"), ("kik ne marche plus chez moi", "fr"),
        ]
    )
    func language(text: String, tag: String) {
        #expect(matcher.match(text).language == tag)
    }

    @Test("is never lost on odd text: any string has an answer")
    func anyString() {
        var random = SplitMix(state: 7)
        let pieces = Array("abk ?!<>@#:{}'’.…/\\\u{0}\u{301}\u{200D}\u{FEFF}é😭🇧🇷👨‍👩‍👧微Ωß\u{1D4F4}\u{10FFFF}\u{FFFD}".unicodeScalars)
        let words = [
            "{service}", "{ser", "<@1", "<:a:1>", "https://", "http://.", "kik.", ".com", "#down", "kik", "down", "'s", "l'",
        ]
        for _ in 0..<10_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int(random.next() % 24) {
                if random.next() % 4 == 0 {
                    text.append(contentsOf: words[Int(random.next() % UInt64(words.count))].unicodeScalars)
                } else if random.next() % 3 == 0, let scalar = Unicode.Scalar(UInt32(random.next() % 0x110000)) {
                    text.append(scalar)
                } else {
                    text.append(pieces[Int(random.next() % UInt64(pieces.count))])
                }
            }
            let match = matcher.match(String(text))
            #expect((0...1).contains(match.confidence) && (0...1).contains(match.relevance))
        }
    }

    @Test("does not grow with the length of a rant")
    func rant() {
        let match = matcher.match("is kik down? " + String(repeating: "blah so annoying ", count: 100_000))
        #expect(match.service == "kik")
    }

    @Test(
        "is as sure of bytes as of the text, in 20 000 variations of what people write", arguments: ["kik", nil] as [ServiceID?])
    func sureOfBytes(usual: ServiceID?) {
        var mutations = Mutations(
            lines: Bundled.examples.all.map(\.text), names: Bundled.services.names.flatMap(\.names), seed: 9)
        var sure = 0
        for _ in 0..<20_000 {
            let bytes = mutations.next()
            let isSure = bytes.withUnsafeBufferPointer { matcher.isSure($0, defaultService: usual) }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(
                matcher.match(text, context: MatchContext(defaultService: usual)).isSure(enoughFor: .chat()) == isSure, "\(text)")
            if isSure { sure += 1 }
        }
        #expect(sure > 2_000)
    }
}
