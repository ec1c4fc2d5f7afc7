import Diagnostics
import Intents
import Status
import Testing

@Suite("Reading examples")
struct TrainingExampleTests {
    @Test("gives intent, symptom and text of each line")
    func reads() {
        var diagnostics = Diagnostics()
        let text = "# comment\r\nstatus_query\t-\tis {service} down?\r\n\nsymptom_report\tslow\tso slow\n"
        let examples = TrainingExample.parse(tsv: text, file: "en.tsv", into: &diagnostics)
        #expect(
            examples == [
                TrainingExample(intent: .statusQuery, text: "is {service} down?"),
                TrainingExample(intent: .symptomReport, symptom: .slow, text: "so slow"),
            ]
        )
        #expect(diagnostics.all == [])
    }

    @Test("of symptoms alone teach no intent, and say what is wrong with a line")
    func symptoms() {
        var diagnostics = Diagnostics()
        let text = "# comment\nslow\tso slow\nslowly\tso slow\nslow\n"
        let examples = TrainingExample.parse(symptoms: text, file: "symptoms.tsv", into: &diagnostics)
        #expect(examples.map(\.symptom) == [.slow] && examples.map(\.teachesIntent) == [false])
        #expect(diagnostics.all.map(\.line) == [3, 4])
        let chatty = [TrainingExample(intent: .none, text: "so slow"), TrainingExample(intent: .statusQuery, text: "is it down")]
        let services = ServiceIndex([])
        let matcher = IntentMatcher(examples: chatty + examples, services: services)
        #expect(matcher.match("so slow").intent == Intent.none)
    }

    @Test(
        "says what is wrong and what was meant",
        arguments: [
            ("none\t-", 1, "Write intent"), ("none\t-\t", 1, "Write intent"), ("\nstatus_quary\t-\tx", 2, "status_query"),
            ("symptom_report\tslowly\tx", 1, "slow"),
        ]
    )
    func mistakes(text: String, line: Int, remedy: String) {
        var diagnostics = Diagnostics()
        #expect(TrainingExample.parse(tsv: text, file: "en.tsv", into: &diagnostics) == [])
        #expect(diagnostics.all.map(\.line) == [line])
        #expect(diagnostics.all.first?.remedy.contains(remedy) == true)
    }
}
