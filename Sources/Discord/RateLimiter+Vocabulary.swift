public import Timing

extension RateLimiter {
    /// What the shell calls a request.
    public struct RequestID: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt64

        public init(rawValue: UInt64) {
            self.rawValue = rawValue
        }
    }

    /// Who goes first when not all can.
    public enum Priority: Int, Comparable, Sendable, CaseIterable {
        case scheduled, reply, interaction

        public static func < (left: Priority, right: Priority) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// What the limiter has to know of a request.
    public struct Request: Equatable, Sendable {
        let key: Key
        let isInteraction: Bool
        /// The channel that it speaks in.
        let channel: Snowflake?
        let retry: RESTRequest.RetryRule
        let priority: Priority
        let expires: Instant

        /// A request that is worth nothing any more at `expires`: then it is not started, and not tried again.
        public init(_ request: RESTRequest, priority: Priority, expires: Instant) {
            let kind = Key.Kind(method: request.route.method, template: request.route.template)
            key = Key(kind: kind, major: request.route.major)
            isInteraction = request.route.isInteraction
            channel = request.route.channel
            retry = request.retry
            self.priority = priority
            self.expires = expires
        }

        var speaks: Bool { channel != nil && key.kind.method == .post }
    }

    /// What Discord counts together, as far as a client can know. Methods of one route are counted apart, even where Discord gives
    /// their buckets one name (discord-api-docs#8073).
    struct Key: Hashable, Sendable {
        struct Kind: Hashable, Sendable {
            let method: HTTPMethod
            let template: String
        }

        let kind: Kind
        let major: Secret?
    }

    /// What happened.
    public enum Input: Equatable, Sendable {
        case enqueue(RequestID, Request)
        /// An answer came, of whatever status.
        case completed(RequestID, RateLimitAnswer)
        /// No answer came. `sent` unless it is certain that nothing left this machine.
        case failed(RequestID, sent: Bool)
        /// Nobody waits for the answer any more.
        case cancelled(RequestID)
        /// The gateway says that the token is not valid.
        case tokenRejected
        case tick
    }

    /// What to do.
    public enum Action: Equatable, Sendable {
        /// Send the request; it is reported back with `completed` or `failed`.
        case start(RequestID)
        /// The last answer is the final one, whatever it says.
        case deliver(RequestID)
        case fail(RequestID, Failure)
        /// Discord refused the bot's token: nothing more is sent with it, here or on the gateway. Ordered once.
        case tokenRejected
        case report(Notice)
    }

    /// Why a request got no answer.
    public enum Failure: Error, Equatable, Sendable {
        case expired
        case queueFull
        /// The connection failed as often as trying makes sense. Where it may have been carried out, nobody knows.
        case unreachable(mayBeDone: Bool)
        case tokenRejected
        /// The network in front of Discord has shut this address out.
        case shutOut
        /// So many refusals lately that a ban is near.
        case tooManyRefusals
        /// Discord lately refused the bot this channel, with this code; it was not asked again.
        case channelRefused(code: Int)
    }

    /// Something for the log or a metric.
    public enum Notice: Equatable, Sendable {
        case rateLimited(RateLimitAnswer.Scope?, template: String, wait: Duration)
        case retrying(template: String, wait: Duration)
        /// The network in front of Discord shuts this address out: nothing is sent for so long.
        case shutOut(Duration)
        /// Discord answers again.
        case admitted
        /// So many refusals in ten minutes that requests slow down.
        case slowed(refusals: Int)
        /// So many refusals in ten minutes that nothing but interactions is sent.
        case stopped(refusals: Int)
        /// The bot may not speak in a channel, by Discord's code; it is not asked again for some minutes.
        case channelRefused(Snowflake, code: Int)
    }
}

extension RateLimiter.Failure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .expired: "its time ran out before its turn came"
        case .queueFull: "too many requests wait already"
        case .unreachable(let mayBeDone): "no answer from Discord" + (mayBeDone ? "; it may have been carried out" : "")
        case .tokenRejected: "Discord does not accept the token"
        case .shutOut: "the network in front of Discord shuts this address out"
        case .tooManyRefusals: "Discord refused so much lately that a ban is near"
        case .channelRefused(let code): "Discord lately refused the bot this channel (code \(code))"
        }
    }
}
