import Status
import Testing
import Timing

@testable import Replies

@Suite("What was answered a moment ago")
struct RecentAnswersTests {
    private static let kik = RecentAnswers.Topic(.status, about: ["kik"])
    private var answers = RecentAnswers()

    private mutating func gives(
        _ topic: RecentAnswers.Topic = kik, _ state: Verdict.State = .down, in place: String = "general", after seconds: Double,
        isOwed: Bool = false
    ) -> Bool {
        answers.give(
            topic, states: [state], in: place, at: Instant.origin.advanced(by: .seconds(seconds)), isOwed: isOwed)
    }

    @Test("a question that many ask gets one answer in three minutes, however often it is asked")
    mutating func repetition() {
        #expect(gives(after: 0))
        for second in stride(from: 1.0, through: 180, by: 10) { #expect(!gives(after: second), "\(second)") }
        #expect(gives(after: 181))
        #expect(!gives(after: 182))
    }

    @Test("other places, other services and other questions have answers of their own")
    mutating func others() {
        #expect(gives(after: 0))
        #expect(gives(in: "support", after: 1))
        #expect(gives(RecentAnswers.Topic(.status, about: ["whatsapp"]), after: 1))
        #expect(gives(RecentAnswers.Topic(.status, about: ["kik", "whatsapp"]), after: 1))
        #expect(gives(RecentAnswers.Topic(.history, about: ["kik"]), after: 1))
        #expect(!gives(after: 2))
    }

    @Test("news is told")
    mutating func news() {
        #expect(gives(after: 0))
        #expect(gives(Self.kik, .up, after: 5))
        #expect(!gives(Self.kik, .up, after: 6))
        #expect(gives(after: 7))
    }

    @Test("while it is down, steps are no other answer than that; while it is up they are")
    mutating func steps() {
        let crash = RecentAnswers.Topic(.fixes(.crash), about: ["kik"])
        #expect(gives(after: 0))
        #expect(!gives(crash, .down, after: 1))
        #expect(gives(Self.kik, .up, in: "support", after: 0))
        #expect(gives(crash, .up, in: "support", after: 1))
        #expect(gives(RecentAnswers.Topic(.fixes(.crash, platform: .ios), about: ["kik"]), .up, in: "support", after: 2))
        #expect(!gives(crash, .up, in: "support", after: 3))
    }

    @Test("who speaks to the bot is answered, and the answer stands for the others")
    mutating func owed() {
        #expect(gives(after: 0))
        #expect(gives(after: 100, isOwed: true))
        #expect(!gives(after: 200))
    }

    @Test("what was answered last is what people talk about, for five minutes")
    mutating func subject() {
        #expect(answers.subject(of: "general", at: .origin) == nil)
        #expect(gives(after: 0))
        #expect(gives(RecentAnswers.Topic(.help, about: []), after: 10))
        func subject(of place: String = "general", after seconds: Double) -> ServiceID? {
            answers.subject(of: place, at: Instant.origin.advanced(by: .seconds(seconds)))
        }
        #expect(subject(after: 300) == "kik")
        #expect(subject(of: "support", after: 20) == nil)
        #expect(subject(after: 311) == nil)
    }

    @Test("it remembers so many places and no more, and forgets the silent ones")
    mutating func bounds() {
        for place in 0..<10_000 {
            #expect(gives(in: "\(place)", after: Double(place) / 1_000))
            #expect(answers.count <= RecentAnswers.mostPlaces)
        }
        #expect(!gives(in: "9999", after: 11))
        #expect(gives(in: "0", after: 11))
        for topic in ["a", "b", "c", "d", "e", "f", "g", "h", "i"] {
            #expect(gives(RecentAnswers.Topic(.status, about: [ServiceID(topic)]), in: "9999", after: 12))
        }
        #expect(gives(in: "9999", after: 13))
    }
}
