/// What one request may cost. Whatever goes over ends the transfer at once.
public struct HTTPLimits: Hashable, Sendable {
    /// For resolving, connecting and the TLS handshake together.
    public var connect: Duration
    /// For everything, the wait for a turn included.
    public var total: Duration
    /// Bytes of a response body, after decompression.
    public var body: Int
    /// Bytes of response headers, those of redirects included.
    public var headers: Int

    public init(
        connect: Duration = .seconds(5),
        total: Duration = .seconds(10),
        body: Int = 1 << 20,
        headers: Int = 64 << 10
    ) {
        self.connect = connect
        self.total = total
        self.body = body
        self.headers = headers
    }
}
