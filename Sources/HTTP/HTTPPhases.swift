/// The steps of a transfer, in order.
public enum HTTPPhase: String, Sendable, CaseIterable {
    case dns, connect, tls, http
}

/// How long each step took, each counted from the end of the one before it; nil for steps that did not end or were not needed.
///
/// A reused connection has neither dns, connect nor tls. Redirects add up.
public struct HTTPPhases: Hashable, Sendable {
    public var dns: Duration?
    public var connect: Duration?
    public var tls: Duration?
    /// From the connection to the first byte of the answer.
    public var firstByte: Duration?
    /// From start to end, without the wait for a turn.
    public var total: Duration

    public init(
        dns: Duration? = nil,
        connect: Duration? = nil,
        tls: Duration? = nil,
        firstByte: Duration? = nil,
        total: Duration = .zero
    ) {
        self.dns = dns
        self.connect = connect
        self.tls = tls
        self.firstByte = firstByte
        self.total = total
    }
}
