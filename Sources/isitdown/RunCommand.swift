import ArgumentParser
import Bot
import Glibc
import Logging
import UnixSignals

/// The bot on Discord.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the bot on Discord.",
        discussion: "The token comes from ISITDOWN_DISCORD_TOKEN, or from the file that ISITDOWN_DISCORD_TOKEN_FILE names.\n\n"
            + "SIGHUP has it read the catalogue and the texts anew, unless it runs in a terminal.\n\n"
            + "Settings, each also an environment variable (discord.api is ISITDOWN_DISCORD_API):\n"
            + Bot.Configuration.explained
    )

    @Option(help: "The settings file (deploy/isitdown.yaml).")
    var config: String?

    func run() async throws {
        Secrecy.forbidDumps()
        let session = try Session(configurationFile: config)
        let log = session.logger()
        let application = try Session.orExit { () throws(Mistakes) in
            try Application(installation: session.installation, configuration: session.configuration, log: log)
        }
        // Without a terminal nothing can hang up, and the signal means what it means for every service.
        guard isatty(STDIN_FILENO) == 0 else { return try await application.runUntilStopped() }
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        let reloading = Task { for await _ in hangups { application.reload() } }
        defer { reloading.cancel() }
        try await application.runUntilStopped(by: [.sigterm, .sigint])
    }
}
