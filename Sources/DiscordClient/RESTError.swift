public import Discord
import HTTP

/// Why a request to Discord brought nothing.
public enum RESTError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Discord answered, and refused; the error is nil where the answer was no JSON of Discord's.
    case refused(status: Int, APIError?)
    /// No answer was had.
    case notAnswered(RateLimiter.Failure)
    /// The task that asked was cancelled.
    case cancelled
    /// The client has been closed.
    case closed

    init(refusal: HTTPResponse, _ redaction: Redaction) {
        self = .refused(status: refusal.status, APIError(decoding: refusal.body)?.redacted(by: redaction))
    }

    /// Whether Discord does not accept the token.
    public var isUnauthorized: Bool {
        switch self {
        case .refused(let status, _): status == 401
        case .notAnswered(let failure): failure == .tokenRejected
        case .cancelled, .closed: false
        }
    }

    /// Discord's code; nil where it gave none.
    public var code: Int? {
        switch self {
        case .refused(_, let error): error?.code
        case .notAnswered(.channelRefused(let code)): code
        case .notAnswered, .cancelled, .closed: nil
        }
    }

    public var description: String {
        switch self {
        case .refused(let status, let error): "HTTP \(status)" + (error.map { ", code \($0.code): \($0.message)" } ?? "")
        case .notAnswered(let failure): "\(failure)"
        case .cancelled: "cancelled"
        case .closed: "closed"
        }
    }
}
