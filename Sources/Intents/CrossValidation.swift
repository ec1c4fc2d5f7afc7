import Status

/// What a model makes of sentences that it has not seen: each part of the examples is judged by a model that learnt from the others.
public struct CrossValidation: Sendable {
    /// Of all examples that teach an intent.
    public private(set) var scores = MatchScores()
    /// Of the reports: how many there are, and how many got the right symptom.
    public private(set) var symptoms = (right: 0, all: 0)
    /// Of all examples: how many there are, and of how many the language was recognised.
    public private(set) var languages = (right: 0, all: 0)

    /// - Parameter folds: at least 2; so many models are made.
    public init(examples: [TrainingExample], services: ServiceIndex, folds: Int = 5) {
        precondition(folds >= 2, "what is judged must be left out of what is learnt")
        let samples = IntentModel.Sample.all(of: examples, services: services)
        // Spellings of one sentence share a fold, or the model would be asked what it was told.
        let fold = examples.map { example in
            let words = TextNormalizer.normalize(example.text).words.filter { $0 != "?" }.joined(separator: " ")
            return Int(Hashing.mix(Hashing.hash(words.utf8)) % UInt64(folds))
        }
        for held in 0..<folds {
            let model = IntentModel(samples: samples.indices.filter { fold[$0] != held }.map { samples[$0] })
            let matcher = IntentMatcher(model: model, services: services)
            for index in examples.indices where fold[index] == held {
                let (example, match) = (examples[index], matcher.match(examples[index].text))
                languages.all += 1
                if match.language == example.language { languages.right += 1 }
                if example.teachesIntent { scores.add(meant: example.intent, match: match) }
                guard let symptom = example.symptom, match.intent == .symptomReport else { continue }
                symptoms.all += 1
                if match.symptom == symptom { symptoms.right += 1 }
            }
        }
    }
}
