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
    public enum Priority: Int, Comparable, Sendable {
        case scheduled, reply, interaction

        public static func < (left: Priority, right: Priority) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// What the limiter has to know of a request.
    public struct Request: Equatable, Sendable {
        let key: Key
        let isInteraction: Bool
        let retry: RESTRequest.RetryRule
        let priority: Priority
        let expires: Instant

        /// A request that is worth nothing any more at `expires`: then it is not started, and not tried again.
        public init(_ request: RESTRequest, priority: Priority, expires: Instant) {
            key = Key(method: request.route.method, template: request.route.template, major: request.route.major)
            isInteraction = request.route.isInteraction
            retry = request.retry
            self.priority = priority
            self.expires = expires
        }
    }

    /// What Discord counts together, as far as a client can know: methods of one route are counted apart.
    struct Key: Hashable, Sendable {
        let method: HTTPMethod
        let template: String
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
        case tick
    }

    /// What to do.
    public enum Action: Equatable, Sendable {
        /// Send the request; it is reported back with `completed` or `failed`.
        case start(RequestID)
        /// The last answer is the final one, whatever it says.
        case deliver(RequestID)
        case fail(RequestID, Failure)
        /// Discord refused the bot's token: nothing more is sent with it, here or on the gateway.
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
    }

    /// Something for the log or a metric.
    public enum Notice: Equatable, Sendable {
        case rateLimited(RateLimitAnswer.Scope?, template: String, wait: Duration)
        case retrying(template: String, wait: Duration)
        case shutOut(Duration)
    }
}
