public import EventLoops

/// A thread on which websockets live, and the executor of the actors that use them.
///
/// An actor whose `unownedExecutor` is `loop` gets its frames straight from the library's callback and sends with a plain call:
/// no frame crosses a thread.
/// ```swift
/// socket = sockets.connect(request) { [weak self] event in
///     self?.assumeIsolated { $0.handle(event) }
/// }
/// ```
/// A process needs one of these, however many sockets it has.
public final class WebSocketLoop: Sendable {
    /// Takes a whole message, and whether it is binary, on the loop's thread. The bytes are there for the call only. Text is not
    /// checked to be UTF-8.
    public typealias MessageHandler = @Sendable (_ message: UnsafeRawBufferPointer, _ isBinary: Bool) -> Void

    /// The thread, as executor of the actors that use the sockets.
    public let loop: EventLoop
    private let contextBox = ContextBox()

    /// Starts the thread.
    ///
    /// - Parameter certificateAuthority: a PEM file whose certificates are trusted instead of the system's store.
    /// - Throws: `WebSocketError` when the certificates cannot be read.
    public init(certificateAuthority: String? = nil) throws(WebSocketError) {
        // Goes to the loop's thread with the closure, and stays there.
        nonisolated(unsafe) let trust = try TrustStore(certificateAuthority: certificateAuthority)
        loop = EventLoop(name: "websockets") { [contextBox] _ in
            let context = WebSocketContext(trust: trust)
            contextBox.context = context
            return WebSocketPoller(context: context)
        }
    }

    /// Opens a websocket. Only on the loop's thread.
    ///
    /// - Parameters:
    ///   - onMessage: takes the messages, which then do not come as events.
    ///   - onEvent: hears what happens, in order, on the loop's thread, and never inside of a call to the socket. Exactly
    ///     one terminal event comes, also for a request that cannot be used; it is let go after that.
    /// - Returns: the socket, to send and to close with. The connection lives until its terminal event, whether it is kept or not.
    public func connect(
        _ request: WebSocketRequest,
        onMessage: MessageHandler? = nil,
        onEvent: @escaping @Sendable (WebSocketEvent) -> Void
    ) -> WebSocket {
        loop.checkIsolated()
        guard let context = contextBox.context else { preconditionFailure("the loop's thread runs before its poller stands") }
        return WebSocket(context.connect(request, onMessage: onMessage, onEvent: onEvent), loop: loop)
    }

    /// Ends the thread. Sockets that are left lose their link and get their terminal event; stop the actors that use them first.
    public func stop() {
        loop.stop()
    }
}

/// Where the loop's thread finds its context: written once by that thread, before any job, and only ever read on it.
private final class ContextBox: @unchecked Sendable {
    var context: WebSocketContext?
}
