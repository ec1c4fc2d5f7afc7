import Replies
import Status
import Testing
import Timing

@Suite("Answers that are put right")
struct PostedAnswersTests {
    private var answers = PostedAnswers<Int>()

    private func at(_ seconds: Double) -> Instant { .origin.advanced(by: .seconds(seconds)) }

    private mutating func post(
        _ place: Int, _ services: [ServiceID] = ["kik"], _ state: Verdict.State = .up, at seconds: Double = 0,
        in room: String? = nil
    ) {
        let states = services.map { _ in state }
        answers.note(
            .init(
                place: place, room: room ?? "\(place)", wanted: .status, services: services, language: "en", states: states,
                at: at(seconds)), at: at(seconds))
    }

    @Test("those that say otherwise are, and no others")
    mutating func wrong() {
        post(1)
        post(2, ["whatsapp"])
        post(3, ["whatsapp", "kik"])
        post(4, ["kik"], .down)
        #expect(answers.changed("kik", to: .down, at: at(10)).map(\.place) == [1, 3])
        #expect(answers.changed("kik", to: .down, at: at(11)).isEmpty)
        #expect(answers.changed("kik", to: .up, at: at(12)).map(\.place) == [1, 3, 4])
    }

    @Test("for a quarter of an hour, after which an interaction cannot be edited any more")
    mutating func lifetime() {
        post(1)
        post(2, at: 600)
        #expect(answers.changed("kik", to: .down, at: at(891)).map(\.place) == [2])
        #expect(answers.count == 1)
    }

    @Test("what flaps is left alone in the end")
    mutating func flapping() {
        post(1)
        let edits = (0..<20).map { answers.changed("kik", to: $0.isMultiple(of: 2) ? .down : .up, at: at(Double($0))).count }
        #expect(edits.reduce(0, +) == 6)
    }

    @Test("of many in one room the last three")
    mutating func room() {
        for place in 0..<10 { post(place, in: "general") }
        post(10, ["whatsapp"], in: "general")
        #expect(answers.changed("kik", to: .down, at: at(1)).map(\.place) == [7, 8, 9])
        #expect(answers.changed("whatsapp", to: .down, at: at(1)).map(\.place) == [10])
    }

    @Test("an answer in place of another takes its place")
    mutating func inPlace() {
        post(1)
        post(1, ["whatsapp"])
        #expect(answers.changed("kik", to: .down, at: at(1)).isEmpty)
        #expect(answers.changed("whatsapp", to: .down, at: at(1)).map(\.place) == [1])
    }

    @Test("too many are not kept")
    mutating func bound() {
        for place in 0..<6_000 { post(place) }
        #expect(answers.count <= 5_000)
        #expect(answers.changed("kik", to: .down, at: at(1)).last?.place == 5_999)
    }
}
