import ArgumentParser
import Bot
import Discord
import Logging

/// The slash commands, compared with Discord's or sent there.
struct CommandsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commands",
        abstract: "Compare the slash commands with Discord's, or send them there.",
        discussion: """
            Names and descriptions come from Responses/, in every language that is there. Sent is only what is different, in one \
            request; what Discord shows to people follows within minutes.
            """,
        subcommands: [Diff.self, Sync.self]
    )

    struct Options: ParsableArguments {
        @Option(help: "The settings file (deploy/isitdown.yaml).")
        var config: String?

        @Flag(help: "One JSON object: added, removed and changed.")
        var json = false
    }

    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what sync would change.", discussion: "Exits 0 when nothing is different, 1 otherwise.")

        @OptionGroup var options: Options

        func run() async throws {
            let difference = try await CommandsCommand.compare(options, andSync: false)
            if !difference.isEmpty { throw ExitCode(1) }
        }
    }

    struct Sync: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Send the commands, if anything is different.")

        @OptionGroup var options: Options

        func run() async throws {
            _ = try await CommandsCommand.compare(options, andSync: true)
        }
    }

    fileprivate static func compare(_ options: Options, andSync isSync: Bool) async throws -> CommandDifference {
        Secrecy.forbidDumps()
        let session = try Session(configurationFile: options.config)
        let registry = try Session.orExit { () throws(Mistakes) in
            try CommandRegistry(
                installation: session.installation, configuration: session.configuration, log: session.logger(.error))
        }
        let difference: CommandDifference
        do throws(CommandRegistry.Failure) {
            difference = try await registry.compare(andSync: isSync)
        } catch {
            complain("isitdown: \(Secrecy.redacted(error.description))")
            throw error.isRefusal ? ExitStatus.configuration : ExitStatus.unavailable
        }
        try tell(difference, isSync: isSync, asJSON: options.json)
        return difference
    }

    private static func tell(_ difference: CommandDifference, isSync: Bool, asJSON: Bool) throws {
        guard !asJSON else { return try printJSON(DifferenceLine(difference, isSent: isSync && !difference.isEmpty)) }
        for name in difference.added { announce("+ \(name)") }
        for name in difference.removed { announce("- \(name)") }
        for change in difference.changed { announce("~ \(change.command): \(change.fields.joined(separator: ", "))") }
        if difference.isEmpty {
            announce("Discord has these commands already.")
        } else {
            announce(isSync ? "Sent." : "“isitdown commands sync” sends them.")
        }
    }
}

private struct DifferenceLine: Encodable {
    let added: [String]
    let removed: [String]
    let changed: [String: [String]]
    let sent: Bool

    init(_ difference: CommandDifference, isSent: Bool) {
        added = difference.added
        removed = difference.removed
        changed = Dictionary(difference.changed.map { ($0.command, $0.fields) }, uniquingKeysWith: { first, _ in first })
        sent = isSent
    }
}
