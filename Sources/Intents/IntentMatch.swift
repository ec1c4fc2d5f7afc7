public import Status

/// What the matcher understood of one message.
public struct IntentMatch: Hashable, Sendable {
    public var intent: Intent
    /// The services that the message is about, in its order; none when it names none.
    public var services: [ServiceID]
    /// Only with intents that speak of a failure.
    public var symptom: Symptom?
    /// 0 ... 1: how sure the matcher is of `intent`.
    public var confidence: Double
    /// 0 ... 1: how sure the matcher is that the message wants an answer at all, whichever.
    public var relevance: Double
    /// The language of the message, as a BCP 47 tag: `en`, `pt`.
    public var language: String
    /// How likely it is, 0 ... 1: two words may be of any.
    public var languageLikelihood = 1.0

    /// The first of them.
    public var service: ServiceID? { services.first }

    public init(
        intent: Intent, services: [ServiceID] = [], symptom: Symptom? = nil, confidence: Double,
        language: String = TrainingExample.base
    ) {
        self.intent = intent
        self.services = services
        self.symptom = symptom
        self.confidence = confidence
        relevance = intent.wantsAnswer ? confidence : 1 - confidence
        self.language = language
    }
}
