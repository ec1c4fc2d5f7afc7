import Glibc
import Status

/// What was learnt from the examples: which intent, which symptom, and which language.
public struct IntentModel: Hashable, Sendable {
    let intents: LinearClassifier
    let symptoms: LinearClassifier
    /// In the order of `languages`.
    let tongues: LinearClassifier
    /// Those of the examples, as BCP 47 tags; English first, which a message without words of any counts as. No more than 16.
    let languages: [String]

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
        var language: String

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
            language = example.language
        }
    }

    /// How much memory the weights take, in bytes.
    public var size: Int {
        [intents, symptoms, tongues].reduce(0) { $0 + $1.weights.count } * MemoryLayout<Float>.stride
    }

    /// Tells one model from another: the same examples give the same one on every machine of a kind.
    public var fingerprint: UInt64 {
        (intents.weights + symptoms.weights + tongues.weights).reduce(0) { Hashing.combine($0, UInt64($1.bitPattern)) }
    }

    init(samples: [Sample]) {
        let languages = Self.languages(of: samples)
        let learnt = inParallel(3) { number in
            switch number {
            case 0:
                let meant = samples.compactMap { sample in sample.intent.map { (sample.features, $0) } }
                return LinearClassifier(classes: Intent.allCases.count, samples: meant)
            case 1:
                let failing = samples.compactMap { sample in sample.symptom.map { (sample.features, $0) } }
                // There are fewer examples of them, and all models together must be small.
                return LinearClassifier(classes: Symptom.allCases.count, rows: FeatureExtractor.buckets / 2, samples: failing)
            default:
                let spoken = samples.compactMap { sample in
                    languages.firstIndex(of: sample.language).map { (sample.features, $0) }
                }
                // A language shows in every other word, so this one can be the smallest, and learns at once.
                var training = LinearTraining()
                training.passes = 2
                return LinearClassifier(
                    classes: languages.count, rows: FeatureExtractor.buckets / 4, samples: spoken, training: training)
            }
        }
        (intents, symptoms, tongues) = (learnt[0], learnt[1], learnt[2])
        self.languages = languages
    }

    private static func languages(of samples: [Sample]) -> [String] {
        let others = Set(samples.map(\.language)).subtracting([TrainingExample.base]).sorted()
        return Array(([TrainingExample.base] + others).prefix(16))
    }

    /// The likeliest language of a message, as a BCP 47 tag, and how likely it is.
    func language(of text: NormalizedText, mentions: [ServiceIndex.Mention]) -> (tag: String, likelihood: Double) {
        let scores = tongues.scores { FeatureExtractor.extract(text, mentions: mentions, into: &$0) }
        var best = 0
        for language in languages.indices where scores[language] > scores[best] { best = language }
        let total = languages.indices.reduce(0.0) { $0 + exp(Double(scores[$1] - scores[best])) }
        return (languages[best], 1 / total)
    }
}
