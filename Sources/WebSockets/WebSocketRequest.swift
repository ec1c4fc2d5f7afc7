/// What to open, and within which bounds.
public struct WebSocketRequest: Sendable {
    /// `ws://…` or `wss://…`, with path and query; a fragment is refused.
    public var url: String
    /// Headers to add to the upgrade, in order, among them `User-Agent`. Those of the handshake itself are refused.
    public var headers: [(String, String)]
    /// The numeric address to dial, while the URL's host stays in `Host`, server name indication and certificate check.
    ///
    /// Needed whenever the URL's host is a name: libwebsockets would resolve it blockingly, and stop every socket of the loop.
    public var address: String?
    /// The port to dial instead of the URL's, for a lab.
    public var port: UInt16?
    public var limits: Limits

    /// The bounds of one socket.
    public struct Limits: Hashable, Sendable {
        /// From dialling to the accepted upgrade; above zero, at most an hour.
        public var connect: Duration = .seconds(15)
        /// From `close` to the end of the link, at most 5 seconds: what the peer has not acknowledged by then is dropped.
        public var close: Duration = .seconds(3)
        /// The largest message taken, in bytes, however many frames carry it. A larger one closes the socket with 1009.
        public var messageBytes = 64 << 20
        /// The most payload that waits to be sent, in bytes.
        public var queuedBytes = 4 << 20
        /// The most messages that wait to be sent.
        public var queuedMessages = 1_024

        public init() {}
    }

    /// A request with the usual bounds.
    public init(
        url: String,
        headers: [(String, String)] = [],
        address: String? = nil,
        port: UInt16? = nil,
        limits: Limits = Limits()
    ) {
        self.url = url
        self.headers = headers
        self.address = address
        self.port = port
        self.limits = limits
    }
}
