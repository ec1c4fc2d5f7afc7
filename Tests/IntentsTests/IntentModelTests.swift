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

    @Test("makes nothing of nothing, and still answers")
    func noExamples() {
        let matcher = IntentMatcher(examples: [], services: ServiceIndex([]))
        #expect(!matcher.match("is kik down").isSure(enoughFor: .chat))
    }

    @Test("carries over to sentences it has not seen: five-fold cross-validation")
    func crossValidation() {
        let folds = 5
        let examples = Bundled.examples.all
        let samples = examples.map { IntentModel.Sample($0, services: Bundled.services.index) }
        // Spellings of one sentence share a fold, or the model would be asked what it was told.
        let fold = examples.map { example in
            Int(
                Hashing.mix(
                    Hashing.hash(TextNormalizer.normalize(example.text).words.filter { $0 != "?" }.joined(separator: " ").utf8))
                    % UInt64(folds))
        }
        var scores = Scores()
        for held in 0..<folds {
            let model = IntentModel(samples: samples.indices.filter { fold[$0] != held }.map { samples[$0] })
            let matcher = IntentMatcher(model: model, services: Bundled.services.index)
            for index in examples.indices where fold[index] == held {
                scores.add(meant: examples[index].intent, match: matcher.match(examples[index].text))
            }
        }
        print("Cross-validation, \(scores)")
        #expect(scores.accuracy >= 0.86)
        #expect(scores.macroF1 >= 0.81)
        #expect(scores.answerF1 >= 0.90)
        #expect(scores.chatterAnswered <= 0.015)
        #expect(scores.questionsAnswered >= 0.68)
        #expect(scores.calibrationError <= 0.03)
    }
}
