public import Discord
public import Timing

/// Who listens to the gateway. All is called on the sockets' own thread, in order, and must not wait for anything.
public protocol GatewayListener: Sendable {
    /// Whether a message is worth reading as a whole. Asked for each message, so what is not for us must end here quickly.
    func wants(_ message: ScannedMessage) -> Bool

    /// Takes an event.
    ///
    /// - Returns: whether it is being dealt with, so that `receipt.settle()` will be called when that is done. Until then a process that
    ///   takes the session over after a crash gets the event again.
    func hear(_ event: GatewayEvent, _ receipt: EventReceipt) -> Bool
}

/// What came with an event.
public struct EventReceipt: Sendable {
    /// When its bytes came off the socket, on the monotonic clock.
    public let receivedAt: Instant
    public let shard: Shard
    /// Whether it comes late, as part of what a resumed session had missed.
    public let isReplay: Bool
    /// What the session that brought it may see.
    public let intents: GatewayIntents
    /// The bot whose session brought it.
    public let bot: Snowflake
    let sequence: Int
    let session: String
    let gateway: Gateway

    /// The event has been dealt with. To be called once; what was said to be dealt with and is not may be lost in a crash, what was
    /// dealt with and is not said to be may come twice.
    public func settle() {
        Task { await gateway.settle(sequence, of: session) }
    }
}
