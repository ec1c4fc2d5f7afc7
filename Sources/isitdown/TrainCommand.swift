import ArgumentParser
import Bot
import Intents
import Timing

/// Trains the matcher, and says how good it is.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Learn from the examples in Responses/, and say how well.",
        discussion: """
            The bot learns when it starts, so nothing is written: this shows what a change of the examples does. Five models are made, \
            each judged by the fifth of the examples that it has not seen. The same examples always give the same model.
            """
    )

    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        let session = try Session()
        let lessons = try Session.orExit { () throws(Mistakes) in try session.installation.lessons(session.configuration) }
        let start = ContinuousClock.now
        let model = IntentModel(examples: lessons.examples, services: lessons.services)
        let took = start.duration(to: .now)
        let validation = CrossValidation(examples: lessons.examples, services: lessons.services)
        let line = TrainLine(lessons.examples.count, model, took, validation)
        if json { try printJSON(line) } else { print(line.text) }
    }
}

/// What `train` says.
private struct TrainLine: Encodable {
    let examples: Int
    let milliseconds: Double
    let bytes: Int
    let fingerprint: String
    let accuracy: Double
    let macroF1: Double
    let answerF1: Double
    let chatterAnswered: Double
    let questionsAnswered: Double
    let symptomsRight: Double
    let languagesRight: Double
    let confusions: [String]

    private enum CodingKeys: String, CodingKey {
        case examples, milliseconds = "ms", bytes, fingerprint, accuracy, macroF1 = "macro_f1", answerF1 = "needs_answer_f1"
        case chatterAnswered = "chatter_answered", questionsAnswered = "questions_answered", symptomsRight = "symptoms_right"
        case languagesRight = "languages_right"
        case confusions
    }

    init(_ examples: Int, _ model: IntentModel, _ took: Duration, _ validation: CrossValidation) {
        func rounded(_ share: Double) -> Double { (share * 1_000).rounded() / 1_000 }
        let scores = validation.scores
        self.examples = examples
        milliseconds = took.milliseconds.rounded()
        bytes = model.size
        let digits = String(model.fingerprint, radix: 16)
        fingerprint = String(repeating: "0", count: 16 - digits.count) + digits
        accuracy = rounded(scores.accuracy)
        macroF1 = rounded(scores.macroF1)
        answerF1 = rounded(scores.answerF1)
        chatterAnswered = rounded(scores.chatterAnswered)
        questionsAnswered = rounded(scores.questionsAnswered)
        symptomsRight = rounded(Double(validation.symptoms.right) / Double(max(1, validation.symptoms.all)))
        languagesRight = rounded(Double(validation.languages.right) / Double(max(1, validation.languages.all)))
        confusions = Array(scores.confusions.prefix(20))
    }

    /// For people.
    var text: String {
        func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
        return """
            learnt from \(examples) examples in \(Int(milliseconds)) ms: \(bytes / 1_000) kB, fingerprint \(fingerprint)
            of sentences that it has not seen:
              the right intent         \(percent(accuracy)) (macro-F1 \(macroF1))
              wants an answer or not   F1 \(answerF1)
              chatter that is answered \(percent(chatterAnswered)), where nobody asked the bot
              questions answered       \(percent(questionsAnswered)), where nobody asked the bot
              the right symptom        \(percent(symptomsRight))
              the right language       \(percent(languagesRight))
            most often confused: \(confusions.prefix(8).joined(separator: ", "))
            """
    }
}
