import Foundation
import Timing

/// Discord as a bot sees it: the state behind the gateway sockets, the REST routes, the lab and the page.
///
/// Each step is synchronous; what concerns a socket leaves through its stream. Each topic is an extension in a file of its own.
actor LocalGateway {
    struct Socket {
        var machine: GatewayConnection
        let outgoing: AsyncStream<Outgoing>.Continuation
        let parameters: GatewayParameters
        var session: String?
        /// The session that its RESUME asked for.
        var wanted: String?
        /// What READY names on this socket; nil for the right one.
        var resumeURL: String?
        var timer: (deadline: Instant, task: Task<Void, Never>)?
    }

    enum Bounds {
        static let sockets = 1_000
        static let detachedSessions = 1_000
        static let viewers = 50
        static let interactions = 2_000
    }

    let settings: Playground.DiscordSettings
    let capture = RequestCapture()
    /// `127.0.0.1:8787`, once it is known.
    var authority = ""
    var chat: Chat
    var tokens: [String: Snowflake] = [:]
    var grants = Grants()
    var budgets: [Snowflake: IdentifyBudget] = [:]
    var sessions: [String: GatewayServerSession] = [:]
    /// Sessions without a socket, and since when.
    var detached: [String: Instant] = [:]
    var sockets: [Int: Socket] = [:]
    /// The socket of a session that has one.
    var holders: [String: Int] = [:]
    var viewers: [Int: AsyncStream<Outgoing>.Continuation] = [:]
    var faults = FaultSchedule()
    var faultTimer: Task<Void, Never>?
    var limits: RateLimits
    var invalidRequests: InvalidRequestWindow
    var interactions: [Snowflake: Interaction] = [:]
    var interactionTokens: [String: Snowflake] = [:]
    /// Registered commands by scope: the application, or application and guild.
    var commands: [String: [JSON]] = [:]
    /// The lab's services as the page shows them.
    var services: JSON = []
    var violations = Violations()
    var counts = Counts()
    private var listener: SilentListener?
    private var lastNumber = 0
    private let start = ContinuousClock.now

    init(botName: String, settings: Playground.DiscordSettings) {
        self.settings = settings
        limits = RateLimits(limit: settings.routeLimit)
        invalidRequests = InvalidRequestWindow(limit: settings.invalidRequestLimit)
        // A token's first part is its bot's id.
        let id = settings.token.flatMap { BotToken.bot(of: $0) }
        chat = Chat(botName: botName, bot: id, guildCount: min(settings.guilds, Chat.Bounds.guilds), at: LocalGateway.wallClock)
        if let token = settings.token { tokens[token] = chat.mainBot }
        if !settings.grantsMessageContent { grants.intents.remove(.messageContent) }
    }

    /// Milliseconds since 1970.
    static var wallClock: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

    var now: Instant { Instant(sinceOrigin: start.duration(to: .now)) }

    /// A number for a socket or a viewer, never used twice.
    func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    func setAuthority(_ authority: String) { self.authority = authority }

    var gatewayURL: String { settings.gatewayURL ?? "ws://\(authority)/gateway" }

    /// A new token for a bot, in the shape of Discord's.
    func makeToken(for bot: Snowflake) -> String {
        let token = BotToken.make(for: bot)
        tokens[token] = bot
        return token
    }

    /// The token of the bot that the playground is for.
    func mainToken() -> String {
        tokens.first { $0.value == chat.mainBot }?.key ?? makeToken(for: chat.mainBot)
    }

    /// A port that takes connections and says nothing.
    func silentListener() -> SilentListener? {
        listener = listener ?? SilentListener()
        return listener
    }

    /// A text of letters and digits that nobody can guess.
    static func random(_ count: Int) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<count).compactMap { _ in alphabet.randomElement() })
    }

    /// Ends every socket and stream.
    func shutDown() {
        faultTimer?.cancel()
        for socket in sockets.values {
            socket.timer?.task.cancel()
            socket.outgoing.yield(.close(GatewayCloseCode(rawValue: 1001)))
            socket.outgoing.finish()
        }
        for viewer in viewers.values { viewer.finish() }
        sockets.removeAll()
        viewers.removeAll()
        listener = nil
    }

    /// Writes down what a client should not have done.
    func note(_ place: String, _ what: String) {
        violations.add(at: LocalGateway.wallClock, place: place, what: what)
    }
}
