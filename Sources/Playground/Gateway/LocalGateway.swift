import Foundation
import Timing

/// Discord as a bot sees it: the state behind the gateway sockets, the REST routes, the lab and the page.
///
/// Each step is synchronous; what concerns a socket leaves through its stream. Topics: `+Sockets`, `+REST`, `+Messages`,
/// `+Interactions`, `+Lab`, `+Page`.
actor LocalGateway {
    struct Settings: Sendable {
        var heartbeatInterval = Duration.milliseconds(41_250)
        /// How long a session waits for its RESUME; Discord says “a few minutes”.
        var sessionLife = Duration.seconds(180)
    }

    /// What leaves through a socket.
    enum Outgoing: Sendable {
        case text(String)
        case pong(Data)
        case close(GatewayCloseCode)
        /// TCP ends without a close frame.
        case drop
    }

    struct Socket {
        var machine: GatewayConnection
        let outgoing: AsyncStream<Outgoing>.Continuation
        var session: String?
        var timer: (deadline: Instant, task: Task<Void, Never>)?
    }

    enum Bounds {
        static let sockets = 100
        static let detachedSessions = 50
        static let viewers = 50
        static let interactions = 500
        static let waitingFaults = 1_000
    }

    let settings: Settings
    /// `127.0.0.1:8787`, once it is known.
    var authority = ""
    var chat: Chat
    var tokens: [String: Snowflake] = [:]
    var sessions: [String: GatewayServerSession] = [:]
    /// Sessions without a socket, and since when.
    var detached: [String: Instant] = [:]
    var sockets: [Int: Socket] = [:]
    var viewers: [Int: AsyncStream<Outgoing>.Continuation] = [:]
    var waitingFaults: [Fault: Int] = [:]
    var limits = RateLimits()
    var interactions: [Snowflake: Interaction] = [:]
    /// Registered commands by scope: the application, or application and guild.
    var commands: [String: [JSON]] = [:]
    /// The lab's services as the page shows them.
    var services: JSON = []
    private var lastNumber = 0
    private let start = ContinuousClock.now

    init(botName: String, settings: Settings) {
        self.settings = settings
        chat = Chat(botName: botName, at: LocalGateway.wallClock)
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

    var gatewayURL: String { "ws://\(authority)/gateway" }

    /// A new token for a bot, in the shape of Discord's.
    func makeToken(for bot: Snowflake) -> String {
        let head = Data(bot.description.utf8).base64EncodedString().replacing("=", with: "").replacing("+", with: "-")
        let token = "\(head).\(LocalGateway.random(6)).\(LocalGateway.random(38))"
        tokens[token] = bot
        return token
    }

    /// The token of the bot that the playground is for.
    func mainToken() -> String {
        tokens.first { $0.value == chat.mainBot }?.key ?? makeToken(for: chat.mainBot)
    }

    /// A text of letters and digits that nobody can guess.
    static func random(_ count: Int) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<count).compactMap { _ in alphabet.randomElement() })
    }

    /// Ends every socket and stream.
    func shutDown() {
        for socket in sockets.values {
            socket.timer?.task.cancel()
            socket.outgoing.yield(.close(GatewayCloseCode(rawValue: 1001)))
            socket.outgoing.finish()
        }
        for viewer in viewers.values { viewer.finish() }
        sockets.removeAll()
        viewers.removeAll()
    }

    /// Uses up one of the faults that wait.
    func takes(_ fault: Fault) -> Bool {
        guard let count = waitingFaults[fault], count > 0 else { return false }
        waitingFaults[fault] = count == 1 ? nil : count - 1
        return true
    }
}
