import Testing

@testable import Intents

@Suite("Learning")
struct IntentModelTests {
    @Test("gives the same weights every time")
    func deterministic() {
        let some = Bundled.examples.all.enumerated().filter { $0.offset.isMultiple(of: 10) }.map(\.element)
        let services = Bundled.services.index
        #expect(IntentModel(examples: some, services: services) == IntentModel(examples: some, services: services))
    }

    @Test("is small")
    func size() {
        #expect(IntentModel(examples: [], services: ServiceIndex([])).size <= 2_000_000)
    }

    @Test("makes nothing of nothing, and still answers")
    func noExamples() {
        let matcher = IntentMatcher(examples: [], services: ServiceIndex([]))
        #expect(!matcher.match("is kik down").isSure(enoughFor: .chat()))
    }

    @Test("carries over to sentences it has not seen: five-fold cross-validation")
    func crossValidation() {
        let validation = CrossValidation(
            examples: Bundled.examples.all + Bundled.symptoms.all, services: Bundled.services.index)
        let (scores, symptoms) = (validation.scores, validation.symptoms)
        print("Cross-validation, \(scores); symptoms right \(symptoms.right) of \(symptoms.all)")
        #expect(Double(symptoms.right) >= 0.85 * Double(symptoms.all))
        // The examples are chosen to be hard: hardly two are alike, and half of the chatter uses the words of outages.
        #expect(scores.accuracy >= 0.78)
        #expect(scores.macroF1 >= 0.74)
        #expect(scores.answerF1 >= 0.85)
        #expect(scores.chatterAnswered <= 0.03)
        #expect(scores.questionsAnswered >= 0.58)
        #expect(scores.calibrationError <= 0.03)
    }
}
