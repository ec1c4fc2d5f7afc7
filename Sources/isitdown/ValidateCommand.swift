import ArgumentParser
import Bot

/// Checks everything that people write.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check the settings, the service catalogue and the texts.",
        discussion: """
            Every mistake is told with its file and line; with any, the exit status is 78. A note is no mistake: what is not \
            translated is said in English.
            """
    )

    @Option(help: "The settings file (deploy/isitdown.yaml).")
    var config: String?

    func run() async throws {
        let installation = try Session.orExit { () throws(Mistakes) in try Installation.located() }
        let findings = installation.validate(configurationFile: config)
        for mistake in findings.mistakes { print(Secrecy.redacted("\(mistake)")) }
        guard findings.mistakes.isEmpty else {
            complain("\(findings.mistakes.count) to mend.")
            throw ExitStatus.configuration
        }
        for note in findings.notes { print("note: \(note)") }
        print("All is well: \(findings.summary).")
    }
}
