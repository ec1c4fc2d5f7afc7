import ArgumentParser

/// The program. One file a subcommand; this one is the table of contents.
@main
struct Isitdown: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "isitdown",
        abstract: "Answers “is it down?” in group chats, from evidence.",
        discussion: """
            Without a token, `isitdown playground` shows everything on this machine: a chat page in the browser, simulated services \
            with switches, and the same bot that sits on Discord.

            ask and check exit 0 when it is up, 1 degraded or partial, 2 down, 3 unknown or maintenance; doctor 0 when all is \
            ok, 1 with warnings, 2 with problems; 64 is a usage error and 78 a configuration error.
            """,
        subcommands: [
            PlaygroundCommand.self, RunCommand.self, AskCommand.self, CheckCommand.self, MatchCommand.self, FeedCommand.self,
            ReplayCommand.self, TrainCommand.self, ValidateCommand.self, CommandsCommand.self, DoctorCommand.self,
        ]
    )

    /// A token among the arguments is refused before anything reads them, and could repeat them in an error.
    static func main() async {
        if let refusal = Secrecy.refusal(of: CommandLine.arguments.dropFirst()) {
            complain("isitdown: \(refusal)")
            exit(withError: ExitStatus.usage)
        }
        await main(nil)
    }
}
