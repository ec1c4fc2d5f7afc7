import Status
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
        #expect(Double(validation.languages.right) >= 0.95 * Double(validation.languages.all))
        // The examples are chosen to be hard: hardly two are alike, and half of the chatter uses the words of outages.
        #expect(scores.accuracy >= 0.78)
        #expect(scores.macroF1 >= 0.74)
        #expect(scores.answerF1 >= 0.85)
        #expect(scores.chatterAnswered <= 0.035)
        #expect(scores.questionsAnswered >= 0.58)
        #expect(scores.calibrationError <= 0.03)
    }
}

@Suite("The language of a message")
struct SpokenLanguageTests {
    @Test(
        "is recognised",
        arguments: [
            ("is kik down or is it just me", "en"), ("kik no funciona desde ayer", "es"),
            ("alguém mais com o kik travando?", "pt"),
            ("geht whatsapp bei euch auch nicht", "de"), ("je n'arrive pas à me connecter", "fr"), ("kik?", "en"), ("👍", "en"),
            ("zap caiu", "pt"), ("¿hay alguien con problemas?", "es"), ("störung bei telegram", "de"), ("ça marche plus", "fr"),
        ])
    func recognised(text: String, language: String) {
        #expect(Bundled.matcher.match(text).language == language)
    }

    @Test("is learnt from the examples: another one takes no more than some of them")
    func another() {
        let italian = [
            "kik non funziona", "qualcuno sa perché non va", "non riesco ad accedere", "è giù anche per voi?",
            "non si apre più niente",
        ]
        let examples = italian.map { TrainingExample(intent: .symptomReport, symptom: .other, text: $0, language: "it") }
        let matcher = IntentMatcher(examples: Bundled.examples.all + examples, services: Bundled.services.index)
        #expect(matcher.match("non riesco più ad accedere").language == "it")
        #expect(matcher.match("is it down for you too").language == "en")
    }
}
