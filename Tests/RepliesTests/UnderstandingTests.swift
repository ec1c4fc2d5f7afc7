import Replies
import Status
import Testing

@Suite("What the answers need to know from a message")
struct UnderstandingTests {
    @Test(
        "the platform that a message names",
        arguments: [
            ("kik crashes on my iPhone!", .ios), ("ANDROID", .android), ("my samsung galaxy", .android),
            ("windows phone", .windowsPhone),
            ("on windows", .windows), ("android or iphone?", nil), ("the studios", nil), ("", nil), ("lumia 950", .windowsPhone),
        ] as [(String, Platform?)]
    )
    func platforms(text: String, platform: Platform?) {
        #expect(Platform(namedIn: text) == platform)
    }

    @Test(
        "the topic that a message wants explained",
        arguments: [
            ("how does kik work?", .messengers), ("what does it mean that the server is down", .outage), ("whats a bug", .bugs),
            ("why does kik break after an update", .updates), ("is it safe to use an APK or a modded kik", .thirdPartyApps),
            ("clear cache or clear data?", .cacheAndStorage), ("downdetector says otherwise", .trackers),
            ("what should i check first", .checklist), ("what are the common causes", .causes), ("hello", nil),
        ] as [(String, ExplainTopic?)]
    )
    func topics(text: String, topic: ExplainTopic?) throws {
        #expect(try Samples.catalog().wanted(namedIn: text, language: "en") == topic.map { .explain($0) })
    }

    @Test("an answer to a list of steps goes on after its last step", arguments: Symptom.allCases)
    func continuation(symptom: Symptom) throws {
        let composer = try Samples.composer()
        let first = composer.compose(.fixes(symptom), service: Samples.kik, verdict: Samples.up, at: Samples.now)
        let order = composer.catalog.order(for: symptom)
        let wanted = ReplyRequest.fixes(symptom, platform: .ios, after: order[2].id)
        #expect(composer.continuation(of: first.text, service: Samples.kik, platform: .ios) == wanted)
    }

    @Test("an answer to anything else does not")
    func noContinuation() throws {
        let composer = try Samples.composer()
        let status = composer.compose(.status, service: Samples.kik, verdict: Samples.up, at: Samples.now)
        #expect(composer.continuation(of: status.text, service: Samples.kik) == nil)
        let other = composer.compose(.fixes(.crash), service: Samples.plain, verdict: Samples.up, at: Samples.now)
        #expect(composer.continuation(of: other.text, service: Samples.kik) == nil)
        #expect(composer.continuation(of: "", service: Samples.kik) == nil)
    }
}
