public import Status

/// Reads a message and says what it wants. Any text has an answer, at a cost that does not grow with its length.
public struct IntentMatcher: Sendable {
    private let model: IntentModel
    private let services: ServiceIndex

    public init(model: IntentModel, services: ServiceIndex) {
        self.model = model
        self.services = services
    }

    /// Learns from the examples.
    public init(examples: [TrainingExample], services: ServiceIndex) {
        self.init(model: IntentModel(examples: examples, services: services), services: services)
    }

    /// Taken from the evidence for chatter when a message is said to the bot: people rarely address it for nothing.
    static let addressedBonus: Float = 2

    public func match(_ text: String, context: MatchContext = MatchContext()) -> IntentMatch {
        var match = read(text, context: context)
        if let earlier = context.answersTo { match.follow(read(earlier, context: context), text: TextNormalizer.normalize(text)) }
        return match
    }

    /// Sorts out the texts in which `match` finds none of some services, in a chat that is about none.
    public func glance(for watched: Set<ServiceID>) -> Glance {
        Glance(services.services.filter { watched.contains($0.id) })
    }

    /// Whether `match` is sure enough of a text, in UTF-8, to answer it where it was put to nobody: the same decision for less work.
    public func isSure(
        _ utf8: UnsafeBufferPointer<UInt8>, defaultService: ServiceID?, certainty: Double = IntentMatch.relevanceForChat
    ) -> Bool {
        let text = TextNormalizer.normalize(utf8)
        guard !text.tokens.isEmpty else { return false }
        let mentions = services.mentions(in: text, defaultService: defaultService)
        return judge(text, mentions, isAddressed: false).isSure(enoughFor: .chat(certainty: certainty))
    }

    /// The services that a text names, however it is meant.
    public func services(named text: String) -> [ServiceID] {
        let text = TextNormalizer.normalize(text)
        return services.mentions(in: text, defaultService: nil).compactMap(\.service)
    }

    /// The services of `watched` that a text which names none was probably meant to name, the likeliest first.
    public func guesses(of text: String, among watched: Set<ServiceID>) -> [ServiceID] {
        NearNames(services.services.filter { watched.contains($0.id) }).services(meantIn: TextNormalizer.normalize(text))
    }

    private func read(_ text: String, context: MatchContext) -> IntentMatch {
        let text = TextNormalizer.normalize(text)
        guard !text.tokens.isEmpty else { return IntentMatch(intent: .none, confidence: 1) }
        let mentions = services.mentions(in: text, defaultService: context.defaultService)
        var match = judge(text, mentions, isAddressed: context.isAddressed)
        (match.language, match.languageLikelihood) = model.language(of: text, mentions: mentions)
        match.services = text.subjects(among: mentions)
        match.symptom = symptom(text, mentions, of: match.intent)
        return match
    }

    /// What a text wants, and how sure that is.
    private func judge(_ text: NormalizedText, _ mentions: [ServiceIndex.Mention], isAddressed: Bool) -> IntentMatch {
        let odds = probabilities(text, mentions, isAddressed: isAddressed)
        let best = Intent.allCases.indices.max { odds[$0] < odds[$1] } ?? 0
        var match = IntentMatch(intent: Intent.allCases[best], confidence: Double(odds[best]))
        match.relevance = max(0, 1 - Double(odds[Self.chatter] + odds[Self.thanks]))
        return match
    }

    private static let chatter = Intent.allCases.firstIndex(of: .none) ?? 0
    private static let thanks = Intent.allCases.firstIndex(of: .thanksOrAck) ?? 0

    private func probabilities(
        _ text: NormalizedText, _ mentions: [ServiceIndex.Mention], isAddressed: Bool
    ) -> LinearScores.Values {
        var scores = model.intents.scores { FeatureExtractor.extract(text, mentions: mentions, into: &$0) }
        if isAddressed { scores[Self.chatter] -= Self.addressedBonus }
        LinearClassifier.softmax(&scores, classes: Intent.allCases.count)
        return scores
    }

    /// How probable a symptom must be in a request for a fix, most of which speak of none.
    private static let plainSymptom: Float = 0.75

    /// A report has a symptom; a request for a fix has one when it is plain.
    private func symptom(_ text: NormalizedText, _ mentions: [ServiceIndex.Mention], of intent: Intent) -> Symptom? {
        guard intent == .symptomReport || intent == .fixRequest else { return nil }
        var scores = model.symptoms.scores { FeatureExtractor.extract(text, mentions: mentions, into: &$0) }
        LinearClassifier.softmax(&scores, classes: Symptom.allCases.count)
        guard let best = Symptom.allCases.indices.max(by: { scores[$0] < scores[$1] }) else { return nil }
        return intent == .symptomReport || scores[best] >= Self.plainSymptom ? Symptom.allCases[best] : nil
    }
}

extension IntentMatch {
    /// “Same here” under a question is a report of the same.
    fileprivate mutating func follow(_ earlier: IntentMatch, text: NormalizedText) {
        guard earlier.intent.wantsAnswer, earlier.relevance >= 0.5 else { return }
        if services.isEmpty { services = earlier.services }
        guard Agreement.isOne(text) else { return }
        intent = .symptomReport
        symptom = earlier.symptom ?? .other
        confidence = earlier.relevance
        relevance = earlier.relevance
    }
}
