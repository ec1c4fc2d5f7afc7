import Discord
import Logging
import Timing

extension Logger {
    /// Notices of the gateway session: what an operator should see, at the level that it deserves. None holds a token or a text.
    func report(_ notice: GatewaySession.Notice) {
        switch notice {
        case .ready: info("connected to the gateway")
        case .resumed: info("took up the gateway session where it was lost")
        case .addressUnavailable: warning("Discord does not say where its gateway is")
        case .connectFailed(let why): warning("no connection to the gateway", metadata: ["why": "\(why)"])
        case .closed(let code, let phase):
            let code = code.map { "\($0)" } ?? "none"
            info("the gateway connection is gone", metadata: ["close code": "\(code)", "during": "\(phase.rawValue)"])
        case .backingOff(let wait): info("waiting before the next try", metadata: ["seconds": "\(wait.wholeTenths)"])
        case .heartbeatMissed: warning("the gateway does not acknowledge heartbeats; connecting anew")
        case .intentsReduced:
            warning(
                """
                Discord refuses to show message texts: only mentions and direct messages are answered. Allow the message content \
                intent in the developer portal, or set discord.message_content to false.
                """
            )
        case .ownFault(let code): error("Discord says that we broke its protocol", metadata: ["close code": "\(code)"])
        case .heartbeatAcknowledged, .heartbeatRequestIgnored, .sequenceGap: debug("gateway", metadata: ["notice": "\(notice)"])
        case .compressionReduced(let kind):
            warning("compressed streams keep breaking; asking for another kind", metadata: ["compression": "\(kind.rawValue)"])
        case .reconnectRequested, .sessionInvalidated, .sessionDropped: info("gateway", metadata: ["notice": "\(notice)"])
        case .addressRejected, .dialTimedOut, .helloTimedOut, .readyTimedOut, .resumedTimedOut, .closeTimedOut,
            .intervalCorrected,
            .malformed, .eventUndecodable, .streamBroken, .streamCorrupted:
            warning("gateway", metadata: ["notice": "\(notice)"])
        }
    }

    /// Notices of the rate limiter.
    func report(_ notice: RateLimiter.Notice) {
        switch notice {
        case .retrying(let route, let wait):
            debug("trying again", metadata: ["route": "\(route)", "seconds": "\(wait.wholeTenths)"])
        case .rateLimited(let scope, let route, let wait):
            let scope = scope?.rawValue ?? "none given"
            let metadata: Metadata = ["route": "\(route)", "scope": "\(scope)", "seconds": "\(wait.wholeTenths)"]
            warning("Discord asks for fewer requests", metadata: metadata)
        case .shutOut(let wait):
            let remedy = """
                nothing is sent until then. Find what asks so much of Discord from this address: another program, a restart in a loop, \
                answers where the bot may not speak
                """
            error(
                "Discord's network has shut this address out",
                metadata: ["seconds": "\(wait.wholeTenths)", "remedy": "\(remedy)"])
        case .admitted: info("Discord's network lets this address in again")
        case .slowed(let refusals):
            warning("Discord refuses much; sending slowly", metadata: ["refusals in ten minutes": "\(refusals)"])
        case .stopped(let refusals):
            let remedy = "look above for what Discord refuses, and take the bot out of the channels where it may not speak"
            let metadata: Metadata = ["refusals in ten minutes": "\(refusals)", "remedy": "\(remedy)"]
            error("Discord refuses so much that a ban is near; only interactions are answered", metadata: metadata)
        case .channelRefused(let channel, let code):
            info("the bot may not speak in a channel", metadata: ["channel": "\(channel)", "code": "\(code)"])
        }
    }
}

extension Duration {
    /// In seconds, to a tenth.
    fileprivate var wholeTenths: Double {
        (seconds * 10).rounded() / 10
    }
}
