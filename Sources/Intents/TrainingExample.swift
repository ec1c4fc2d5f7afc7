public import Diagnostics
public import Status

/// A sentence and what it means: what the matcher learns from.
public struct TrainingExample: Hashable, Sendable {
    public var intent: Intent
    /// Only with intents that speak of a failure.
    public var symptom: Symptom?
    /// As people write it; `{service}` stands for any service's name.
    public var text: String
    /// What it is written in, as a BCP 47 tag.
    public var language: String
    /// Whether it teaches which intent it has, too. What shows how one symptom differs from another says nothing of how often people report
    /// at all, and so many of it would make the matcher see reports everywhere.
    public var teachesIntent = true

    public init(intent: Intent, symptom: Symptom? = nil, text: String, language: String = base) {
        self.intent = intent
        self.symptom = symptom
        self.text = text
        self.language = language
    }

    /// The language of what tells none.
    public static let base = "en"

    /// Reads examples: a line each of intent, symptom or `-`, and text, parted by tabs.
    ///
    /// Empty lines and lines that begin with `#` are skipped. Mistakes go to `diagnostics` with their line.
    public static func parse(
        tsv text: String, language: String = base, file: String, into diagnostics: inout Diagnostics
    ) -> [TrainingExample] {
        TabSeparated.rows(of: text).compactMap { row in
            do throws(Diagnostic) {
                var example = try example(row, file: file)
                example.language = language
                return example
            } catch {
                diagnostics.report(error)
                return nil
            }
        }
    }

    /// Reads examples of symptoms, which teach nothing else: a line each of symptom and text, parted by a tab.
    public static func parse(
        symptoms text: String, language: String = base, file: String, into diagnostics: inout Diagnostics
    ) -> [TrainingExample] {
        TabSeparated.rows(of: text).compactMap { row in
            func mistake(_ message: String, _ remedy: String) {
                diagnostics.report(Diagnostic(file: file, line: row.line, message: message, remedy: remedy))
            }
            guard row.fields.count == 2, !row.fields[1].isEmpty else {
                mistake("This is no example of a symptom.", "Write symptom and text, parted by a tab.")
                return nil
            }
            guard let symptom = Symptom(rawValue: row.fields[0]) else {
                mistake("“\(row.fields[0])” is no symptom.", remedy(for: row.fields[0], among: Symptom.allCases.map(\.rawValue)))
                return nil
            }
            var example = TrainingExample(intent: .symptomReport, symptom: symptom, text: row.fields[1], language: language)
            example.teachesIntent = false
            return example
        }
    }

    private static func example(_ row: TabSeparated.Row, file: String) throws(Diagnostic) -> TrainingExample {
        func mistake(_ message: String, _ remedy: String) -> Diagnostic {
            Diagnostic(file: file, line: row.line, message: message, remedy: remedy)
        }
        guard row.fields.count == 3, !row.fields[2].isEmpty else {
            throw mistake("This is no example.", "Write intent, symptom or “-”, and text, parted by tabs.")
        }
        guard let intent = Intent(rawValue: row.fields[0]) else {
            throw mistake("“\(row.fields[0])” is no intent.", remedy(for: row.fields[0], among: Intent.allCases.map(\.rawValue)))
        }
        var symptom: Symptom?
        if row.fields[1] != "-" {
            symptom = Symptom(rawValue: row.fields[1])
            guard symptom != nil else {
                throw mistake(
                    "“\(row.fields[1])” is no symptom.", remedy(for: row.fields[1], among: Symptom.allCases.map(\.rawValue)))
            }
        }
        return TrainingExample(intent: intent, symptom: symptom, text: row.fields[2])
    }

    private static func remedy(for word: String, among known: [String]) -> String {
        nearestName(to: word, among: known).map { "Did you mean “\($0)”?" } ?? "It is one of \(known.joined(separator: ", "))."
    }
}
