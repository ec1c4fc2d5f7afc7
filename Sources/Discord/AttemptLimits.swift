/// How long one attempt of a request may take, so that time is left for another where another makes sense.
public struct AttemptLimits: Equatable, Sendable {
    /// For resolving, connecting and the TLS handshake together.
    public let connect: Duration
    /// For everything.
    public let total: Duration
    /// Bytes of an answer. Discord's longest that we ask for has some thousand.
    public static let body = 1 << 20

    private static let longest = Duration.seconds(10)
    private static let longestConnect = Duration.seconds(5)

    /// - Parameter remaining: until the request is worth nothing any more.
    public init(_ retry: RESTRequest.RetryRule, remaining: Duration) {
        let remaining = max(remaining, .milliseconds(1))
        let share =
            switch retry {
            case .callback: max(remaining / 2, .milliseconds(700))
            case .idempotent, .guardedByNonce: max(remaining / 2, .seconds(2))
            case .onlyUnsent, .never: remaining
            }
        total = min(share, remaining, Self.longest)
        connect = min(total, Self.longestConnect)
    }
}
