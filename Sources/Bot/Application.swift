import Clocks
import Diagnostics
import Discord
import DiscordClient
import Feeds
import HTTP
public import Logging
import Probes
public import ServiceLifecycle
public import Status
import StatusPage
import Timing
import WebSockets

/// The bot: everything wired together, in the order in which a question travels.
///
///     ShardSet → Gateway → DiscordChat → Responder (IntentMatcher, StatusDesk, ReplyComposer) → REST
///                                                        StatusDesk ⇄ Monitor → Prober
public struct Application: ServiceLifecycle.Service {
    private let installation: Installation
    let configuration: Configuration
    private let token: Secret
    let desk: StatusDesk
    private let pipeline: Pipeline
    /// What was answered outlives a reading anew of catalogue and texts.
    private let memory = ChatMemory()
    /// What people have set and asked for outlives the process.
    private let chatBook: ChatBook
    /// What this bot talks over.
    private static let home: ServiceID = "discord"
    let loops: [GatewayLoop]
    /// Where the gateways write down how they are.
    let book = HealthBook()
    let log: Logger
    private let onReady: @Sendable () -> Void
    /// Each asks for the files to be read anew.
    private let reloads = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// A bot from what `installation` holds.
    ///
    /// - Parameters:
    ///   - pace: how often things are looked at, instead of what the settings say.
    ///   - onReady: told once, when the bot is let in and has looked at every service.
    /// - Throws: `Mistakes` in any of the files, a missing token among them.
    public init(
        installation: Installation,
        configuration: Configuration,
        pace: StatusBoard.Settings? = nil,
        log: Logger,
        onReady: @escaping @Sendable () -> Void = {}
    ) throws(Mistakes) {
        self.installation = installation
        self.configuration = configuration
        self.log = log
        self.onReady = onReady
        token = try configuration.discord.readToken()
        do throws(WebSocketError) {
            var loops: [GatewayLoop] = []
            for _ in 0..<configuration.discord.loops {
                loops.append(GatewayLoop(try WebSocketLoop(certificateAuthority: configuration.network.certificateAuthority)))
            }
            self.loops = loops
        } catch {
            throw Mistakes([Diagnostic(file: "network.certificate_authority", message: "\(error.message).")])
        }
        desk = StatusDesk.make(
            configuration: configuration,
            pace: pace ?? StatusBoard.Settings(configuration.monitor),
            log: log
        )
        let file = token.botID.map { "chats-\($0).json" } ?? "chats.json"
        chatBook = ChatBook(path: configuration.files.state.map { installation.path("\($0)/\(file)") }, log: log)
        pipeline = try Pipeline(
            installation: installation, configuration: configuration, desk: desk, memory: memory, book: chatBook, home: Self.home)
    }

    /// Reads catalogue and texts anew, soon; settings need a new start. Where there is a mistake in them, all stays as it is, and the log
    /// says what is wrong.
    public func reload() {
        reloads.continuation.yield()
    }

    /// Runs until it is told to stop (SIGTERM, SIGINT) or until Discord refuses it for good.
    public func run() async throws {
        // A client of its own: no probe of a slow service takes a connection from an answer.
        let http = HTTPClient(network: configuration.network, userAgent: Product.name)
        // And what answers interactions has three seconds, so nothing else may hold it up.
        let interactionHTTP = HTTPClient(network: configuration.network, userAgent: Product.name)
        let (rejections, rejection) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let rest = REST(
            base: configuration.discord.api, token: token, http: http, interactionHTTP: interactionHTTP, log: log,
            onTokenRejected: { rejection.yield() })
        let chat = DiscordChat(
            responder: pipeline.responder, manners: MannersByChat(configuration.chat).with(chatBook.settings), seal: Seal(token),
            rest: rest, log: log
        ) { [desk, pipeline, onReady] in
            Task {
                await withTaskGroup(of: Void.self) { group in
                    // What only its provider knows of comes when it comes.
                    for service in pipeline.services where !service.components.isEmpty {
                        group.addTask { _ = await desk.settledVerdict(of: service.id, patience: .seconds(10)) }
                    }
                }
                onReady()
                // What came with the first connections settles first.
                try? await Task.sleep(for: .seconds(1))
                Footprint.shrink()
            }
        }
        let keeper = sessionKeeper(answered: { chat.answered })
        if let saved = keeper?.restore() { chat.goOn(from: saved) }
        let shards = ShardSet(
            plan, token: token, loops: loops, resolver: http, rest: rest, keeper: keeper, book: book, log: log,
            listener: chat)

        let page = await openStatusPage(rest)
        await desk.watch(pipeline.services)
        let keeping = keeper.map { keeper in Task { await keeper.run() } }
        let following = Task { [desk] in await chat.follow(desk.changes) }
        // The state folder belongs to one process at a time; another one would write over what this one keeps.
        let writing = keeper.map { _ in Task { [chatBook] in await chatBook.run() } }
        let obeying = Task { for await _ in rejections { await shards.tokenRejected() } }
        let warming = Task { await rest.warm() }
        let feedHTTP = HTTPClient(network: configuration.network, userAgent: Product.name)
        let fetcher = FeedFetcher(http: feedHTTP, longest: FeedLimits.bytes)
        let (catalogues, catalogue) = AsyncStream.makeStream(
            of: [Status.Service].self, bufferingPolicy: .bufferingNewest(1))
        let listening = Task { [desk, log] in await FeedWatch.run(catalogues, fetcher: fetcher, desk: desk, log: log) }
        if configuration.monitor.feeds { catalogue.yield(pipeline.services) }
        let reloading = Task {
            for await _ in reloads.stream {
                guard let pipeline = readAnew() else { continue }
                chat.answer(with: pipeline.responder)
                await desk.watch(pipeline.services)
                if configuration.monitor.feeds { catalogue.yield(pipeline.services) }
                log.notice("catalogue and texts are read anew", metadata: ["services": "\(pipeline.services.count)"])
            }
        }
        let reason = await withGracefulShutdownHandler {
            await shards.run()
        } onGracefulShutdown: { [isKept = keeper != nil] in
            Task { await shards.stop(keepSessions: isKept) }
        }
        obeying.cancel()
        following.cancel()
        await following.value
        warming.cancel()
        reloading.cancel()
        catalogue.finish()
        await listening.value
        await feedHTTP.shutdown()
        await page?.stop()
        await desk.stop()
        await chat.finishAnswers(patience: .seconds(2))
        await rest.close()
        keeper?.finish()
        chatBook.finish()
        await writing?.value
        await keeping?.value
        await http.shutdown()
        await interactionHTTP.shutdown()
        for loop in loops { loop.sockets.stop() }
        if reason != .requested { throw Refusal(reason: reason) }
    }

    private func readAnew() -> Pipeline? {
        do throws(Mistakes) {
            return try Pipeline(
                installation: installation, configuration: configuration, desk: desk, memory: memory, book: chatBook,
                home: Self.home)
        } catch {
            for mistake in error.diagnostics {
                log.error("catalogue and texts stay as they were", metadata: ["mistake": "\(mistake)"])
            }
            return nil
        }
    }

    private var plan: ShardSet.Plan {
        var plan = ShardSet.Plan(
            intents: configuration.discord.messageContent ? .conversationAndText : .conversation,
            shards: configuration.discord.shards)
        plan.compression = configuration.discord.compression
        return plan
    }

    /// Keeps the sessions in the state folder; nil, and a line in the log, where that is not possible.
    private func sessionKeeper(answered: @escaping @Sendable () -> [Snowflake]) -> SessionKeeper? {
        guard let state = configuration.files.state.map(installation.path) else { return nil }
        do throws(SessionFile.Failure) {
            return SessionKeeper(
                file: try SessionFile(path: SessionFile.path(in: state, of: token)), log: log, answered: answered)
        } catch {
            log.warning("gateway sessions and settings will not outlive this process", metadata: ["why": "\(error)"])
            return nil
        }
    }

    /// Discord does not let this bot in, and trying again would not help.
    public struct Refusal: Error, CustomStringConvertible {
        let reason: GatewaySession.StopReason

        public var description: String {
            switch reason {
            case .authenticationFailed:
                """
                Discord does not accept the token. Copy it anew from the developer portal (Bot, Reset Token) into \
                ISITDOWN_DISCORD_TOKEN.
                """
            case .disallowedIntents:
                "Discord does not allow the bot the intents it asks for. Look at Bot, Privileged Gateway Intents in the developer portal."
            case .shardingRequired:
                """
                Discord wants more connections for the bot's servers than were opened. Leave discord.shards at auto, or set it higher.
                """
            case .invalidShard, .invalidVersion, .invalidIntents:
                "Discord refuses the way this version connects (\(reason.rawValue)). Look for a newer version."
            case .requested:
                "The bot was stopped."
            }
        }
    }
}

extension StatusDesk {
    /// A desk that probes with a client of its own.
    ///
    /// - Parameter adHoc: pages that are probed behind the guard.
    public static func make(
        configuration: Configuration,
        pace: StatusBoard.Settings,
        adHoc: [AdHocTarget] = [],
        log: Logger
    ) -> StatusDesk {
        let monitor = Monitor(configuration, timeout: pace.timeout, adHoc: adHoc)
        let board = StatusBoard(canaries: configuration.monitor.canaries, settings: pace, jitter: .unpredictable())
        let journal = configuration.files.journal.map { JournalFile(path: $0, log: log) }
        let stranger = AdHocProber(http: HTTPClient(network: configuration.network, userAgent: Product.name))
        return StatusDesk(board: board, monitor: monitor, log: log, journal: journal, adHoc: stranger)
    }
}

extension Monitor {
    /// A monitor with connections of its own.
    ///
    /// - Parameters:
    ///   - timeout: for one probe.
    ///   - adHoc: pages that are probed behind the guard.
    public init(_ configuration: Configuration, timeout: Duration, adHoc: [AdHocTarget] = []) {
        let http = HTTPClient(network: configuration.network, userAgent: Product.name)
        let prober = Prober(http: http, resolvers: configuration.monitor.resolvers)
        self.init(prober: prober, timeout: timeout, adHoc: adHoc)
    }
}

extension StatusBoard.Settings {
    /// The pace that the operator chose.
    public init(_ monitor: Configuration.Monitor) {
        self.init()
        interval = monitor.interval
        unsureInterval = monitor.unsureInterval
        timeout = monitor.timeout
        patience = monitor.timeout * 2 + .seconds(5)
        limit = monitor.atOnce
    }
}

extension Manners {
    init(_ chat: Configuration.Chat) {
        self.init(
            defaultService: chat.defaultService.map { ServiceID($0) },
            answersUnaddressed: chat.answersUnaddressed,
            certainty: chat.certainty,
            language: chat.language
        )
    }
}

extension MannersByChat {
    init(_ chat: Configuration.Chat) {
        self.init(usual: Manners(chat), changes: chat.changes)
    }
}
