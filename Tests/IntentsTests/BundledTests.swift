import Intents
import Status
import Testing

@Suite("The bundled data")
struct BundledTests {
    @Test("has no mistakes")
    func wellFormed() {
        #expect(Bundled.examples.mistakes == [])
        #expect(Bundled.symptoms.mistakes == [])
        #expect(Bundled.services.mistakes == [])
    }

    @Test("has examples of every intent", arguments: Intent.allCases)
    func everyIntent(intent: Intent) {
        #expect(Bundled.examples.all.count { $0.intent == intent } >= 100)
    }

    @Test("has examples of every symptom", arguments: Symptom.allCases)
    func everySymptom(symptom: Symptom) {
        #expect(Bundled.symptoms.all.count { $0.symptom == symptom && !$0.teachesIntent } >= 200)
    }

    @Test("gives every report a symptom and nothing else one")
    func symptoms() {
        #expect(Bundled.examples.all.filter { ($0.symptom != nil) != ($0.intent == .symptomReport) } == [])
    }
}
