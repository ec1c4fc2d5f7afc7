/// One message of the gateway, as far as this client acts on it.
public enum GatewayPayload: Equatable, Sendable {
    /// An event; the sequence number is nil where Discord (or a faulty peer) left it out.
    case dispatch(sequence: Int?, GatewayEvent)
    /// Discord wants a heartbeat now.
    case heartbeatRequest
    /// Discord is about to close and wants us back.
    case reconnect
    case invalidSession(isResumable: Bool)
    /// The interval is as the peer sent it, in milliseconds: nothing is promised about its size or sign.
    case hello(heartbeatInterval: Double)
    case heartbeatAcknowledged
    /// An operation that is none of a client's business, or younger than this code.
    case unknown(operation: Int)

    /// Why bytes are no payload. Holds nothing of the bytes themselves.
    public enum Malformed: Error, Equatable, Sendable {
        /// Not JSON, not an object, nested absurdly deep, or without a whole number as `op`.
        case noOperation
        /// Hello without a heartbeat interval.
        case noInterval
        /// A dispatch without the name of its event.
        case noEventName
    }
}
