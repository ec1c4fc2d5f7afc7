import Status

/// What was learnt from the examples: which intent, and which symptom.
public struct IntentModel: Hashable, Sendable {
    let intents: LinearClassifier
    let symptoms: LinearClassifier

    /// Learns from examples, deterministically. Names of services in the examples are found with `services`.
    public init(examples: [TrainingExample], services: ServiceIndex) {
        self.init(samples: Sample.all(of: examples, services: services))
    }

    /// An example in the model's terms, so that several models can share the work.
    struct Sample {
        var features: [Feature]
        /// nil where it teaches none.
        var intent: Int?
        var symptom: Int?

        /// Many at a time.
        static func all(of examples: [TrainingExample], services: ServiceIndex) -> [Sample] {
            let piece = 1_000
            return inParallel((examples.count + piece - 1) / piece) { number in
                examples[(number * piece)..<min(examples.count, (number + 1) * piece)].map { Sample($0, services: services) }
            }.flatMap(\.self)
        }

        init(_ example: TrainingExample, services: ServiceIndex) {
            let text = TextNormalizer.normalize(example.text)
            features = FeatureExtractor.features(of: text, mentions: services.mentions(in: text, defaultService: nil))
            intent = example.teachesIntent ? Intent.allCases.firstIndex(of: example.intent) : nil
            symptom = example.symptom.flatMap(Symptom.allCases.firstIndex)
        }
    }

    /// How much memory the weights take, in bytes.
    public var size: Int { (intents.weights.count + symptoms.weights.count) * MemoryLayout<Float>.stride }

    /// Tells one model from another: the same examples give the same one on every machine of a kind.
    public var fingerprint: UInt64 {
        (intents.weights + symptoms.weights).reduce(0) { Hashing.combine($0, UInt64($1.bitPattern)) }
    }

    init(samples: [Sample]) {
        let learnt = inParallel(2) { number in
            if number == 0 {
                let meant = samples.compactMap { sample in sample.intent.map { (sample.features, $0) } }
                return LinearClassifier(classes: Intent.allCases.count, samples: meant)
            }
            let failing = samples.compactMap { sample in sample.symptom.map { (sample.features, $0) } }
            // There are fewer examples of them, and both models together must be small.
            return LinearClassifier(classes: Symptom.allCases.count, rows: FeatureExtractor.buckets / 2, samples: failing)
        }
        (intents, symptoms) = (learnt[0], learnt[1])
    }
}
