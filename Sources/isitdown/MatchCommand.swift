import ArgumentParser
import Bot
import Foundation
import Intents
import Status

/// Shows what the matcher understands of each line.
struct MatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Read lines of text, write what each one wants.",
        discussion: "Reads standard input to its end, one message a line: `echo \"is kik down?\" | isitdown match`"
    )

    @Flag(help: "One JSON object a line: text, intent, service, symptom, confidence, language.")
    var json = false

    @Flag(help: "With --json also: services, all that the line is about; relevance, how sure it is that an answer is wanted.")
    var details = false

    func run() async throws {
        let session = try Session()
        let matcher = try Session.orExit { () throws(Mistakes) in try session.installation.matcher(session.configuration) }
        while let line = readLine() {
            let match = matcher.match(line, context: MatchContext())
            if json {
                try printJSON(MatchLine(text: line, match: match, isDetailed: details))
            } else {
                let service = match.services.isEmpty ? "-" : match.services.map(\.rawValue).joined(separator: ",")
                let symptom = match.symptom?.rawValue ?? "-"
                let percent = Int((match.confidence * 100).rounded())
                print("\(match.intent.rawValue)\t\(service)\t\(symptom)\t\(percent)%\t\(match.language)\t\(line)")
            }
        }
    }
}

/// One line of `match --json`; keys without a value are there, as null.
private struct MatchLine: Encodable {
    let text: String
    let match: IntentMatch
    let isDetailed: Bool

    private enum Key: String, CodingKey {
        case text, intent, service, services, symptom, confidence, relevance, language
    }

    func encode(to encoder: any Encoder) throws {
        var line = encoder.container(keyedBy: Key.self)
        try line.encode(text, forKey: .text)
        try line.encode(match.intent.rawValue, forKey: .intent)
        try line.encode(match.service?.rawValue, forKey: .service)
        try line.encode(match.symptom?.rawValue, forKey: .symptom)
        try line.encode((match.confidence * 1_000).rounded() / 1_000, forKey: .confidence)
        try line.encode(match.language, forKey: .language)
        guard isDetailed else { return }
        try line.encode(match.services.map(\.rawValue), forKey: .services)
        try line.encode((match.relevance * 1_000).rounded() / 1_000, forKey: .relevance)
    }
}
