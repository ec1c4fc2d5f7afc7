import Foundation
import Intents
import Status
import Testing

/// Measures the matcher on real sentences that it never learns from.
///
/// The set is a file of label, service, text, subtype and source, parted by tabs; `ISITDOWN_QUESTIONS` names it.
@Suite("The question set")
struct QuestionSetTests {
    private static let file = Bundled.questionSet

    private struct Row {
        var intent: Intent
        var text: String
        var symptom: String
        var service: String
    }

    private static func rows(_ file: URL) throws -> [Row] {
        try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(fields.count == 5, "the question set has five columns")
            let intent = try #require(Intent(rawValue: fields[0]), "an intent is due, not \(fields[0])")
            return Row(intent: intent, text: fields[2], symptom: fields[3], service: fields[1])
        }
    }

    @Test(
        "is understood well enough",
        .enabled(if: file != nil, "there is no question set here; name one with ISITDOWN_QUESTIONS")
    )
    func floors() throws {
        let rows = try Self.rows(#require(Self.file))
        var scores = MatchScores()
        var rightServices = 0
        var reports = (right: 0, all: 0)
        for row in rows {
            let match = Bundled.matcher.match(row.text)
            scores.add(meant: row.intent, match: match)
            let service = ["-", "other"].contains(row.service) ? nil : row.service
            if match.service?.rawValue == service { rightServices += 1 }
            if row.intent == .symptomReport, match.intent == .symptomReport {
                reports.all += 1
                if match.symptom?.rawValue == row.symptom { reports.right += 1 }
            }
        }
        print(
            "Question set, \(scores); services right \(rightServices) of \(rows.count), symptoms right \(reports.right) of \(reports.all)"
        )
        #expect(scores.accuracy >= 0.88)
        #expect(scores.macroF1 >= 0.80)
        #expect(scores.answerF1 >= 0.93)
        #expect(scores.chatterAnswered <= 0.02)
        #expect(scores.questionsAnswered >= 0.72)
        #expect(Double(reports.right) >= 0.84 * Double(reports.all))
        #expect(Double(rightServices) >= 0.89 * Double(rows.count))
    }

    @Test(
        "has not leaked into the examples",
        .enabled(if: file != nil, "there is no question set here; name one with ISITDOWN_QUESTIONS"))
    func noLeak() throws {
        let asked = Set(try Self.rows(#require(Self.file)).map(\.text))
        #expect((Bundled.examples.all + Bundled.symptoms.all).filter { asked.contains($0.text) } == [])
    }
}
