public import WebSockets

/// A thread that carries gateways: its websockets, and the one reader that they share.
public final class GatewayLoop: Sendable {
    public let sockets: WebSocketLoop
    /// Only gateways of this loop use it, and so only its thread.
    nonisolated(unsafe) let reader = PayloadReader()

    public init(_ sockets: WebSocketLoop) {
        self.sockets = sockets
    }
}
