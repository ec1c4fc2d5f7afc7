extension GatewaySession {
    /// How long a session waits for its peer before it goes another way.
    public struct Patience: Equatable, Sendable {
        /// For the connection. Peers allow between 10 and 60 s; the resolver, TCP, TLS and the upgrade all happen in it.
        public var dial = Duration.seconds(30)
        public var hello = Duration.seconds(20)
        /// For READY or RESUMED; while a resume replays events, since the last of them.
        public var ready = Duration.seconds(30)
        /// For the peer's part of the closing handshake.
        public var close = Duration.seconds(4)

        public init() {}
    }
}
