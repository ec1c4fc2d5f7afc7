import Diagnostics
import Status

/// The facts of the dialogue: what is asked, and what each answer says about the cause.
extension ResponseReader {
    /// Rounding in likelihoods that people write.
    private static let tolerance = 0.011

    mutating func readQuestion(of document: ResponseDocument, id: String) -> TriageQuestion? {
        guard let entries = entries(of: document, needed: ["key", "symptoms", "answers"]) else { return nil }
        guard let keyValue = entries["key"], let key = diagnostics.string(keyValue) else { return nil }
        guard key.count == 1, let letter = key.first, letter.isASCII, letter.isLetter, letter.isLowercase else {
            diagnostics.report(keyValue.diagnostic("A question's key is one small letter."))
            return nil
        }
        guard let symptomList = entries["symptoms"], let answerMap = entries["answers"] else { return nil }
        let symptoms = Set(diagnostics.list(symptomList).compactMap { diagnostics.word($0, as: Symptom.self) })
        let platforms = entries["platforms"].map { readPlatforms($0) } ?? []
        let asksForMark = entries["marks"].flatMap { diagnostics.flag($0) } ?? false
        let answers = diagnostics.entries(answerMap).map { name, value in
            TriageQuestion.Answer(name: name, likelihood: readLikelihoods(value))
        }
        checkLikelihoods(of: answers, at: answerMap)
        checkAnswers(answers, areMarks: asksForMark, in: document, at: answerMap)
        return TriageQuestion(
            id: id, key: letter, symptoms: symptoms, platforms: platforms, asksForMark: asksForMark, answers: answers)
    }

    mutating func readCauses(of document: ResponseDocument) -> [Cause: Double] {
        guard let value = entries(of: document, needed: ["causes"])?["causes"] else { return [:] }
        let causes = readLikelihoods(value)
        if causes[.server] != nil {
            let remedy = "How likely the servers are at fault follows from what is seen of them."
            diagnostics.report(value.diagnostic("“server” is no cause to give here.", remedy: remedy))
        }
        return causes
    }

    private mutating func readLikelihoods(_ value: YAMLValue) -> [Cause: Double] {
        var likelihoods: [Cause: Double] = [:]
        for (name, value) in diagnostics.entries(value) {
            guard let cause = Cause(rawValue: name) else {
                let known = Cause.allCases.map(\.rawValue)
                let remedy = nearestName(to: name, among: known).map { "Did you mean “\($0)”?" }
                diagnostics.report(
                    value.diagnostic("“\(name)” is no cause.", remedy: remedy ?? "Known: \(known.joined(separator: ", "))."))
                continue
            }
            likelihoods[cause] = diagnostics.number(value, in: 0...1)
        }
        return likelihoods
    }

    private mutating func checkLikelihoods(of answers: [TriageQuestion.Answer], at place: YAMLValue) {
        for cause in Cause.allCases {
            let sum = answers.reduce(0.0) { $0 + ($1.likelihood[cause] ?? 0) }
            guard abs(sum - 1) > Self.tolerance else { continue }
            let message = "The answers' likelihoods for “\(cause.rawValue)” make \((sum * 100).rounded() / 100) together."
            diagnostics.report(place.diagnostic(message, remedy: "They have to make 1."))
        }
    }

    private mutating func checkAnswers(
        _ answers: [TriageQuestion.Answer], areMarks: Bool, in document: ResponseDocument, at place: YAMLValue
    ) {
        // The state of a dialogue holds one digit for an answer, and a row of buttons five with “not sure”.
        if !(2...4).contains(answers.count) {
            diagnostics.report(place.diagnostic("A question has two to four answers.", remedy: "“Not sure” is always there."))
        }
        for answer in answers {
            if areMarks, !ResponseFormat.marks.contains(answer.name) {
                let remedy = "Known: \(ResponseFormat.marks.joined(separator: ", "))."
                diagnostics.report(place.diagnostic("“\(answer.name)” is no mark.", remedy: remedy))
            }
            if !areMarks, document.section(answer.name) == nil {
                let remedy = "Write it under a line “## \(answer.name)”."
                diagnostics.report(
                    Diagnostic(file: document.file, message: "The answer “\(answer.name)” has no words.", remedy: remedy))
            }
        }
        let names = answers.map(\.name) + ["question", "text"]
        for section in document.sections where !names.contains(section.name) {
            let message = "“\(section.name)” is no answer of the front matter."
            let remedy = nearestName(to: section.name, among: names).map { "Did you mean “## \($0)”?" } ?? "Add it under answers."
            diagnostics.report(Diagnostic(file: document.file, line: section.line, message: message, remedy: remedy))
        }
    }

    /// Whether a service has all marks; only some of them would leave answers without words.
    mutating func checkMarks(of document: ResponseDocument) -> Bool {
        let written = ResponseFormat.marks.filter { document.section("mark-\($0)") != nil }
        if !written.isEmpty, let missing = ResponseFormat.marks.first(where: { !written.contains($0) }) {
            let message = "The text “mark-\(missing)” is missing; the other marks are there."
            diagnostics.report(Diagnostic(file: document.file, message: message, remedy: "Give all of them, or none."))
        }
        return written.count == ResponseFormat.marks.count
    }

    /// Buttons that people still have name a question by its letter.
    mutating func checkKeys(of questions: [TriageQuestion.ID: TriageQuestion], _ english: [String: ResponseDocument]) {
        var owners: [Character: String] = [:]
        for question in questions.values.sorted(by: { $0.id < $1.id }) {
            if let owner = owners[question.key], let place = english["triage/\(question.id).md"]?.frontMatter {
                let message = "The key “\(question.key)” is \(owner)'s already."
                diagnostics.report(place.diagnostic(message, remedy: "Take another letter."))
            }
            owners[question.key] = question.id
        }
    }
}
