internal import Timing

extension GatewaySession {
    enum State: Equatable, Sendable {
        case idle
        case awaitingAddress(until: Instant)
        case dialing(Host, until: Instant)
        case awaitingHello(Host, until: Instant)
        case connected(Stage, Heart)
        case closing(Afterwards, until: Instant)
        case backingOff(until: Instant)
        case stopped
    }

    enum Host: Equatable, Sendable {
        case main, resume
    }

    /// How far a greeted connection has come.
    enum Stage: Equatable, Sendable {
        case awaitingPermit(askAgain: Instant)
        case identifying(until: Instant)
        case resuming(until: Instant)
        /// Nil once the connection has proved stable.
        case ready(stableAt: Instant?)

        var deadline: Instant? {
            switch self {
            case .awaitingPermit(let instant), .identifying(let instant), .resuming(let instant): instant
            case .ready(let instant): instant
            }
        }
    }

    /// What follows a closing handshake.
    enum Afterwards: Equatable, Sendable {
        case reconnect(Delay)
        case stop(StopReason)
    }

    enum Delay: Equatable, Sendable {
        case none
        /// This long at least; with `backoff`, what that asks for if it is longer.
        case atLeast(Duration, backoff: Bool)

        static let backoff = Delay.atLeast(.zero, backoff: true)
    }

    /// The heartbeats of one connection.
    struct Heart: Equatable, Sendable {
        let interval: Duration
        var nextBeat: Instant
        /// When the last beat, asked for or not, went out.
        var lastBeat: Instant?
        /// Whether Discord has acknowledged any beat since the last scheduled one.
        var isAcknowledged = true
    }

    static let addressTimeout = Duration.seconds(90)
    static let permitTimeout = Duration.seconds(600)
    /// A connection that has been ready this long is good: failures before it are forgotten.
    static let stableTime = Duration.seconds(60)
    static let saveInterval = Duration.milliseconds(500)
    /// Below a second, heartbeats alone would come near the limit of 120 sends a minute; above five minutes, a dead
    /// connection would go unnoticed.
    static let intervals = Duration.seconds(1)...Duration.seconds(300)
    static let resumesBeforeIdentify = 3
    static let brokenStreamsBeforeFallback = 2
    /// 120 a minute, less what is on its way when a window of Discord's begins.
    static var freshSendWindow: SendWindow { SendWindow(limit: 115, per: .seconds(60)) }
    /// Of the sends a minute that a connection has, those that only a scheduled heartbeat may take: it beats at most once a second.
    static let heartbeatReserve = 62
    static let malformedBeforeClose = 10
    /// Any code but 1000 and 1001 keeps the session.
    static let keepingCode: UInt16 = 4000
    static let endingCode: UInt16 = 1000
}
