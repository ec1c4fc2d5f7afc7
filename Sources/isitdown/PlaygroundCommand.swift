import ArgumentParser
import Bot
import Discord
import HTTP
import Logging
import Playground
import ServiceLifecycle
import Status

/// Everything on this machine: a chat page, a lab of simulated services, and the bot.
///
/// The bot is the one that sits on Discord. Only three things differ: where the API is, where names lead, and whose certificates count.
struct PlaygroundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "playground",
        abstract: "Try the bot on this machine: a chat page, simulated services, a local gateway.",
        discussion: """
            With --no-bot only the local Discord runs, for another bot: it prints where it is as one line of JSON and stays until \
            SIGTERM. ISITDOWN_PLAYGROUND_TOKEN fixes its bot's token.
            """
    )

    @Option(help: "The port on 127.0.0.1; 0 takes a free one.")
    var port = 8787

    @Flag(help: "Only the local Discord, without the bot.")
    var noBot = false

    @OptionGroup(title: "With --no-bot")
    var gateway: GatewayOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("\(port) is no port; ports are 0 to 65535.") }
        guard noBot || gateway.given.isEmpty else {
            throw ValidationError("\(gateway.given.joined(separator: ", ")) means something with --no-bot only.")
        }
    }

    func run() async throws {
        if noBot {
            let playground = Playground(services: [], canaries: [], port: port, discord: gateway.settings)
            return try await LonelyPlayground(playground: playground).runUntilStopped()
        }
        let session = try Session()
        let services = try Session.orExit { () throws(Mistakes) in try session.installation.services(session.configuration) }
        let usual = session.configuration.chat.defaultService ?? "kik"
        // What nobody probes cannot be switched; what the chat is about comes first.
        let switched = services.filter { !$0.components.isEmpty }
        let ordered = switched.filter { $0.id.rawValue == usual } + switched.filter { $0.id.rawValue != usual }
        let playground = Playground(services: ordered, canaries: session.configuration.monitor.canaries, port: port)
        try await OpenPlayground(playground: playground, session: session).runUntilStopped()
    }
}

/// The playground with the bot in it. Signals are heard from its first step on, so that it always tidies up after itself.
private struct OpenPlayground: ServiceLifecycle.Service {
    let playground: Playground
    let session: Session

    func run() async throws {
        let endpoints: Playground.Endpoints
        do {
            endpoints = try await playground.start()
        } catch {
            complain("isitdown: \(error)")
            throw ExitStatus.unavailable
        }
        do {
            try await runBot(at: endpoints)
        } catch {
            await playground.stop()
            throw error
        }
        await playground.stop()
    }

    private func runBot(at endpoints: Playground.Endpoints) async throws {
        var configuration = session.configuration
        configuration.discord.api = endpoints.restBase
        configuration.discord.token = Secret(endpoints.botToken)
        // The local gateway's sessions end with it.
        configuration.files.state = nil
        configuration.chat.defaultService = configuration.chat.defaultService ?? "kik"
        // Nothing here asks the Internet.
        configuration.monitor.feeds = false
        configuration.monitor.resolvers = []
        configuration.network.certificateAuthority = endpoints.authorityPath
        configuration.network.connectTo = endpoints.redirections.map {
            Network.Redirection(host: $0.host, port: $0.port, toHost: $0.toHost, toPort: $0.toPort)
        }
        let application = try Session.orExit { [configuration] () throws(Mistakes) in
            try Application(
                installation: session.installation,
                configuration: configuration,
                pace: .playground,
                log: session.logger()
            ) {
                announce("The playground is open: \(endpoints.page)")
                announce("Ask “is kik down?”, turn Kik off in the lab, and ask again. Ctrl-C closes it.")
            }
        }
        let commands = try Session.orExit { [configuration] () throws(Mistakes) in
            try CommandRegistry(installation: session.installation, configuration: configuration, log: session.logger(.error))
        }
        // A page without commands is still a page.
        _ = try? await commands.compare(andSync: true)
        try await application.run()
    }
}

extension StatusBoard.Settings {
    /// Everything on one machine answers at once, and nobody wants to wait a minute to see an outage.
    fileprivate static var playground: Self {
        var pace = Self()
        pace.interval = .seconds(5)
        pace.unsureInterval = .seconds(1)
        pace.canaryInterval = .seconds(3)
        pace.canaryPause = .seconds(1)
        pace.timeout = .seconds(8)
        pace.patience = .seconds(20)
        pace.freshEnough = .seconds(2)
        pace.grace = .seconds(3)
        return pace
    }
}
