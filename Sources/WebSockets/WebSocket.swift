public import EventLoops

/// A websocket, as its user holds it. Every call belongs on the loop's thread, and traps elsewhere.
public final class WebSocket: Sendable {
    /// The thread that the socket lives on.
    public let loop: EventLoop
    /// Touched on the loop's thread only: `connection` checks that before it hands it out.
    private nonisolated(unsafe) let storage: Connection

    init(_ connection: Connection, loop: EventLoop) {
        storage = connection
        self.loop = loop
    }

    private var connection: Connection {
        loop.checkIsolated()
        return storage
    }

    /// Whether messages can be sent: from `opened` until either side closes.
    public var isOpen: Bool { connection.isOpen }
    /// The payload that waits to be sent, in bytes.
    public var queuedBytes: Int { connection.queuedBytes }
    /// The messages that wait to be sent.
    public var queuedMessages: Int { connection.queuedMessages }

    /// Sends a text message, behind what waits already.
    ///
    /// - Throws: `notOpen`, or `backPressure` when the queue is at its bound.
    public func send(text: String) throws(WebSocketError) {
        try connection.send(SendQueue.Frame(.text, text.utf8), isUrgent: false)
    }

    /// Sends a text message whose bytes are UTF-8, behind what waits already.
    ///
    /// - Throws: `notOpen`, or `backPressure` when the queue is at its bound.
    public func send(text: [UInt8]) throws(WebSocketError) {
        try connection.send(SendQueue.Frame(.text, text), isUrgent: false)
    }

    /// Sends a binary message, behind what waits already.
    ///
    /// - Throws: `notOpen`, or `backPressure` when the queue is at its bound.
    public func send(binary: [UInt8]) throws(WebSocketError) {
        try connection.send(SendQueue.Frame(.binary, binary), isUrgent: false)
    }

    /// Sends a text message ahead of what waits, such as a heartbeat that must not stand behind a backlog.
    ///
    /// - Throws: `notOpen`, or `backPressure` when 16 urgent frames wait already.
    public func sendUrgent(text: String) throws(WebSocketError) {
        try connection.send(SendQueue.Frame(.text, text.utf8), isUrgent: true)
    }

    /// Sends a text message whose bytes are UTF-8 ahead of what waits.
    ///
    /// - Throws: `notOpen`, or `backPressure` when 16 urgent frames wait already.
    public func sendUrgent(text: [UInt8]) throws(WebSocketError) {
        try connection.send(SendQueue.Frame(.text, text), isUrgent: true)
    }

    /// Sends a ping ahead of what waits; its answer is a `pong` with the same payload.
    ///
    /// - Parameter payload: at most 125 bytes.
    /// - Throws: `notOpen`, or `backPressure` when 16 urgent frames wait already.
    public func ping(_ payload: [UInt8] = []) throws(WebSocketError) {
        precondition(payload.count <= 125, "a ping carries at most 125 bytes")
        try connection.send(SendQueue.Frame(.ping, payload), isUrgent: true)
    }

    /// Closes with a handshake, after what waits to be sent; when the grace of the request is over, the link is dropped.
    ///
    /// Messages that still come are not delivered. Before the socket is open it gives up the attempt. A second call changes nothing.
    ///
    /// - Parameters:
    ///   - code: 1000 ... 1003, 1007 ... 1014 or 3000 ... 4999 (RFC 6455, section 7.4).
    ///   - reason: cut to 123 bytes of whole characters.
    public func close(code: UInt16 = 1000, reason: String = "") {
        let canBeSent = (1000...1003).contains(code) || (1007...1014).contains(code) || (3000...4999).contains(code)
        precondition(canBeSent, "the close code \(code) must not be sent")
        connection.close(code: code, reason: WebSocket.cut(reason))
    }

    /// Drops the TCP link without a close frame, and what waits to be sent with it.
    ///
    /// Discord then keeps the session resumable. The terminal event still comes: `closed` without a code, or `failed`.
    public func abort() {
        connection.abort()
    }

    /// RFC 6455, section 5.5: a control frame carries 125 bytes, two of them the code.
    private static func cut(_ reason: String) -> String {
        var reason = reason
        while reason.utf8.count > 123 {
            reason.removeLast()
        }
        return reason
    }
}
