import Status
import Testing
import Timing

@testable import Replies

@Suite("What the bot knows by hearsay")
struct HearsayTests {
    private static let told = Service(
        id: "cloud", name: "Cloud", components: [], feeds: [FeedSource(kind: "apple", url: "https://status.example/")])

    private func said(_ state: Verdict.State, _ because: [Reason], against: [Reason] = []) throws -> String {
        let verdict = Verdict(
            state: state, scope: .unclear, confidence: 0.6, observed: .origin, because: because, against: against)
        return try Samples.composer().compose(.status, service: Self.told, verdict: verdict, at: .origin).paragraphs[0]
    }

    private static func official(_ word: OfficialWord) -> Reason { .official(source: "status.example", word: word) }

    @Test("is never told as if it had looked")
    func hearsay() throws {
        #expect(
            try said(.up, [Self.official(.none)])
                == "Going by its own status page, Cloud is working. I have no way to look for myself, and such pages are often late."
        )
        #expect(try said(.degraded, [Self.official(.minor)]) == "I hear of trouble with Cloud that I do not see myself.")
        #expect(
            try said(.partial, [Self.official(.major)], against: [.answers(component: "chat", milliseconds: 80)])
                == "I hear that something about Cloud is broken, though I do not see it myself.")
        #expect(
            try said(.down, [.pages(down: 3, of: 3), .people(count: 7)])
                == "Going by what others say, Cloud is down. I have no way to look for myself.")
        #expect(try said(.up, [.answers(component: "chat", milliseconds: 80), Self.official(.none)]).contains("I can reach"))
    }
}
