/// What happens to a websocket, in order.
///
/// Exactly one terminal event ends the sequence: `failed` when the socket never opened, `closed` when it had.
public enum WebSocketEvent: Sendable, Equatable {
    /// The server has accepted the upgrade: messages can be sent.
    case opened
    /// A whole text message; the bytes are valid UTF-8. (One that is not closes the socket with 1007 and is not delivered.)
    case text([UInt8])
    /// A whole binary message.
    case binary([UInt8])
    /// The answer to a ping, with the ping's payload.
    case pong([UInt8])
    /// The socket was open and is gone.
    ///
    /// The code is the one of the close frame that came, or else of the one that was sent, and nil if the link was lost without
    /// any. A close frame without a code counts as 1005 (RFC 6455, 7.1.5). libwebsockets 4.1 turns the codes 1012 to 2999 of a
    /// peer into 1002 before anyone sees them.
    case closed(code: UInt16?, reason: String)
    /// The socket never opened.
    case failed(WebSocketError)
}

extension WebSocketEvent {
    /// Whether nothing follows.
    public var isTerminal: Bool {
        switch self {
        case .closed, .failed: true
        case .opened, .text, .binary, .pong: false
        }
    }
}
