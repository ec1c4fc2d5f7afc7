import Intents
import Testing

@Suite("The bundled data")
struct BundledTests {
    @Test("has no mistakes")
    func wellFormed() {
        #expect(Bundled.examples.mistakes == [])
        #expect(Bundled.services.mistakes == [])
    }

    @Test("has examples of every intent", arguments: Intent.allCases)
    func everyIntent(intent: Intent) {
        #expect(Bundled.examples.all.count { $0.intent == intent } >= 100)
    }

    @Test("gives every report a symptom and nothing else one")
    func symptoms() {
        #expect(Bundled.examples.all.filter { ($0.symptom != nil) != ($0.intent == .symptomReport) } == [])
    }
}
