import ArgumentParser
import Bot

/// Looks at everything that the bot needs, and says what to do about what is missing.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the token, what Discord grants, the network and the running bot.",
        discussion: """
            Each line is ok, a warning or a problem, with what to do about it. It logs in nowhere and can be used while the bot runs.
            Exits 0 when all is ok, 1 with warnings, 2 with problems; 78 when the settings, the catalogue or the texts are broken.
            """
    )

    @Option(help: "The settings file (deploy/isitdown.yaml).")
    var config: String?

    @Flag(help: "One JSON object: the status and each finding.")
    var json = false

    func run() async throws {
        Secrecy.forbidDumps()
        let session = try Session(configurationFile: config)
        let files = session.installation.validate(configurationFile: config)
        guard files.mistakes.isEmpty else {
            for mistake in files.mistakes { complain("\(mistake)") }
            throw ExitStatus.configuration
        }
        let slow = Task { try await Patience.explain("Asking Discord") }
        let doctor = Doctor(installation: session.installation, configuration: session.configuration)
        let checkup = await doctor.examine(summary: files.summary)
        slow.cancel()
        if json {
            try printJSON(CheckupLine(status: checkup.level, findings: checkup.findings))
        } else {
            for finding in checkup.findings { announce(Secrecy.redacted(finding.text)) }
        }
        throw ExitCode(Int32(checkup.level.severity))
    }
}

private struct CheckupLine: Encodable {
    let status: Checkup.Finding.Level
    let findings: [Checkup.Finding]
}

extension Checkup.Finding {
    /// `warning  intents       what is. What to do.`
    fileprivate var text: String {
        let columns = "\(level.rawValue)".padded(to: 9) + subject.padded(to: 14)
        return columns + message + (remedy.isEmpty ? "" : " \(remedy)")
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}
