import ArgumentParser
import Bot
import Foundation
import Status

/// Judges recorded evidence again.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Judge an evidence journal again: one JSON line for each change of verdict.",
        discussion: """
            The same journal always gives the same verdicts. Lines that are no evidence are named on standard error and passed over; \
            then the exit code is 65.
            """
    )

    @Argument(help: "A journal, JSON Lines.", completion: .file(), transform: { URL(filePath: $0) })
    var file: URL

    func run() async throws {
        let session = try Session()
        let services = try Session.orExit { () throws(Mistakes) in try session.installation.services(session.configuration) }
        let journal: Data
        do {
            journal = try Data(contentsOf: file, options: .mappedIfSafe)
        } catch {
            complain("\(file.relativePath) cannot be read: \(error.localizedDescription)")
            throw ExitStatus.noInput
        }
        var lines = JournalLines(journal, name: file.relativePath)
        var survey = JournalSurvey()
        lines.forEach { survey.note($0) }
        lines.complain()
        var replay = Replay(survey, catalogue: services)
        var output = Data()
        lines.forEach { entry in
            for change in replay.take(entry) { output += Data((change.line + "\n").utf8) }
        }
        FileHandle.standardOutput.write(output)
        if lines.hasMalformed { throw ExitStatus.badData }
    }
}

/// A journal's lines, and what is wrong with them.
private struct JournalLines {
    /// So many mistakes are shown.
    private static let mostShown = 20

    private let journal: Data
    private let name: String
    private var reader = JournalReader()
    private var mistakes: [(line: Int, problem: String)] = []
    private var malformed = 0

    init(_ journal: Data, name: String) {
        self.journal = journal
        self.name = name
    }

    var hasMalformed: Bool { malformed > 0 }

    mutating func forEach(_ body: (JournalEntry) -> Void) {
        mistakes = []
        malformed = 0
        journal.withUnsafeBytes { bytes in
            let bytes = bytes.bindMemory(to: UInt8.self)
            var start = 0
            var number = 1
            while start < bytes.count {
                let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                do throws(JournalReader.Malformed) {
                    if let entry = try reader.read(UnsafeBufferPointer(rebasing: bytes[start..<end])) { body(entry) }
                } catch {
                    note(error, line: number)
                }
                start = end + 1
                number += 1
            }
        }
    }

    private mutating func note(_ mistake: JournalReader.Malformed, line: Int) {
        malformed += 1
        if mistakes.count < Self.mostShown { mistakes.append((line, mistake.problem)) }
    }

    func complain() {
        for mistake in mistakes { isitdown.complain("\(name):\(mistake.line): This is no evidence: \(mistake.problem).") }
        if malformed > mistakes.count { isitdown.complain("\(name): \(malformed - mistakes.count) more lines are no evidence.") }
    }
}
