import Replies
import Status
import Testing
import Timing

@Suite("How a service is, in words")
struct StatusReportTests {
    let composer: ReplyComposer

    init() throws {
        composer = try Samples.composer()
    }

    func reply(_ verdict: Verdict) -> Reply {
        composer.compose(.status, service: Samples.kik, verdict: verdict, at: Samples.now)
    }

    @Test(
        "ages",
        arguments: [
            (.zero, "just now"), (.seconds(-30), "just now"), (.seconds(4), "just now"), (.seconds(12), "12 seconds ago"),
            (.milliseconds(59_900), "59 seconds ago"), (.seconds(60), "1 minute ago"), (.seconds(239), "3 minutes ago"),
            (.seconds(3_600), "1 hour ago"), (.seconds(7_300), "2 hours ago"), (.seconds(86_400), "1 day ago"),
            (.seconds(400_000), "4 days ago"),
        ] as [(Duration, String)]
    )
    func ages(age: Duration, words: String) {
        let verdict = Samples.verdict(.up, age: age)
        let reply = reply(verdict)
        #expect(reply.paragraphs.first?.contains("(checked \(words))") == true)
    }

    @Test("without evidence there is no age")
    func noAge() {
        #expect(reply(Samples.verdict(.up, age: nil)).paragraphs.first?.contains("checked") == false)
    }

    @Test("the verdict, why, who disagrees, what to do")
    func order() {
        let verdict = Samples.verdict(
            .up,
            .everyone,
            because: [.answers(component: "messaging", milliseconds: 83)],
            against: [.blocked(component: "website")]
        )
        let paragraphs = reply(verdict).paragraphs
        #expect(paragraphs.count == 4)
        #expect(paragraphs[0].contains("I can reach Kik's message servers"))
        #expect(paragraphs[1] == "I got an answer from the message servers in 83 ms.")
        #expect(paragraphs[2].hasPrefix("On the other hand: I was turned away at the website"))
        #expect(paragraphs[3].contains("Tell me what goes wrong"))
    }

    @Test("never “Kik is up” or “Kik is down” as a bare claim", arguments: Verdict.State.allCases)
    func noBareClaims(state: Verdict.State) {
        for scope in Verdict.Scope.allCases {
            let text = reply(Samples.verdict(state, scope)).text
            #expect(!text.contains("Kik is up") && !text.contains("Kik is down.") && !text.contains("Kik is down for everyone"))
        }
    }

    @Test("one vantage point is not everyone")
    func fromHere() {
        let text = reply(Samples.verdict(.down, .unclear)).text
        #expect(text.contains("from here") && text.contains("need not be down for everyone"))
        #expect(!reply(Samples.verdict(.down, .everyone)).text.contains("need not be"))
    }

    @Test("a blind bot says so and guesses nothing")
    func blind() {
        let text = reply(Samples.verdict(.unknown, because: [.blind(failed: 6, of: 7)])).text
        #expect(text.hasPrefix("I cannot see the Internet myself right now, so I cannot tell whether Kik works"))
        #expect(text.contains("6 of 7"))
    }

    @Test("the headline names the part that the verdict is about")
    func part() {
        let media = Samples.verdict(
            .partial,
            because: [
                .answers(component: "messaging", milliseconds: 9), .silent(component: "media", phase: .http, failed: 3, of: 5),
            ]
        )
        #expect(reply(media).paragraphs.first?.contains("picture and video servers") == true)
        #expect(reply(Samples.verdict(.down)).paragraphs.first?.contains("message servers") == true)
    }

    @Test("a failure that is not confirmed is told, unless it is of a part that hardly matters")
    func unconfirmed() {
        let heart = Samples.verdict(
            .up, because: [.answers(component: "messaging", milliseconds: 9)], against: [.unconfirmed(component: "messaging")])
        #expect(reply(heart).paragraphs.first?.contains("worked until a moment ago") == true)
        let website = Samples.verdict(
            .up, because: [.answers(component: "messaging", milliseconds: 9)], against: [.unconfirmed(component: "website")])
        #expect(reply(website).paragraphs.first?.contains("I can reach Kik's message servers") == true)
    }

    @Test(
        "tones",
        arguments: [
            (.up, .good), (.degraded, .uneasy), (.partial, .uneasy), (.maintenance, .uneasy), (.down, .bad), (.unknown, .unsure),
        ] as [(Verdict.State, Reply.Tone)]
    )
    func tone(state: Verdict.State, tone: Reply.Tone) {
        #expect(reply(Samples.verdict(state)).tone == tone)
    }
}
