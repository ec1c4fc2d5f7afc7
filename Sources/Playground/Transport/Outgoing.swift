import Foundation

/// What leaves through a socket, in order.
enum Outgoing: Sendable {
    /// One payload.
    case text(String)
    case pong(Data)
    case close(GatewayCloseCode)
    /// TCP ends without a close frame.
    case drop
    /// The packing of what follows.
    case pack(Packing)
    /// The next payloads go out in pairs.
    case pair(Int)
    case straighten
    /// Bytes that nobody can read.
    case garbage
    /// Nothing more is written, and the socket stays open.
    case stall
}
