public import Status

/// A local Discord with a chat page and a lab of simulated services, on 127.0.0.1 only.
public actor Playground {
    /// Where everything is.
    public struct Endpoints: Hashable, Sendable {
        /// The chat page: `http://127.0.0.1:8787/`.
        public let page: String
        /// What stands in for `https://discord.com/api/v10`.
        public let restBase: String
        /// The gateway, as `GET {restBase}/gateway/bot` tells it.
        public let gateway: String
        /// The bot that the page talks to.
        public let botID: String
        public let botToken: String
        public let port: Int
        /// Where the simulated hosts are.
        public let redirections: [Redirection]
        /// PEM file with the authority that signed the simulated hosts' certificates.
        public let authorityPath: String
    }

    private let gateway: LocalGateway
    private let lab: Lab
    private let port: Int
    private var server: PlaygroundServer?

    /// - Parameters:
    ///   - services: what the lab simulates: every host and port of their targets.
    ///   - canaries: what the pseudo service `internet` switches.
    ///   - port: where the page, REST and the gateway are; zero lets the system choose.
    ///   - botName: what the bot is called in the chat, 1 to 32 letters.
    ///   - heartbeatInterval: what HELLO asks for, instead of what `discord` says.
    ///   - sessionLife: how long a session without a socket waits for its RESUME, instead of what `discord` says.
    ///   - slowness: how late a slow service answers.
    ///   - discord: how bots are treated.
    public init(
        services: [Service], canaries: [Target], port: Int = 8_787, botName: String = "isitdown",
        heartbeatInterval: Duration? = nil, sessionLife: Duration? = nil, slowness: Duration = .seconds(4),
        discord: DiscordSettings = DiscordSettings()
    ) {
        self.port = port
        var discord = discord
        discord.heartbeatInterval = heartbeatInterval ?? discord.heartbeatInterval
        discord.sessionLife = sessionLife ?? discord.sessionLife
        gateway = LocalGateway(botName: botName, settings: discord)
        lab = Lab(services: services, canaries: canaries, slowness: slowness)
    }

    /// Opens the lab and the server.
    public func start() async throws(PlaygroundError) -> Endpoints {
        precondition(server == nil, "a playground starts once")
        // The port first: it is what fails, and then nothing else needs to be undone.
        let server = try await PlaygroundServer(port: port, handler: PlaygroundHandler(gateway: gateway, lab: lab))
        self.server = server
        let authority = "127.0.0.1:\(server.port)"
        await gateway.setAuthority(authority)
        do throws(PlaygroundError) {
            let authorityPath = try await lab.start()
            await gateway.showServices(lab.wire)
            return Endpoints(
                page: "http://\(authority)/", restBase: "http://\(authority)/api/v10", gateway: await gateway.gatewayURL,
                botID: await gateway.chat.mainBot.description, botToken: await gateway.mainToken(), port: server.port,
                redirections: await lab.redirections, authorityPath: authorityPath)
        } catch {
            await stop()
            throw error
        }
    }

    /// Closes every socket and removes the lab's keys.
    public func stop() async {
        await gateway.shutDown()
        await server?.stop()
        server = nil
        await lab.stop()
    }
}
