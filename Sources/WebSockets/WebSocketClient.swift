import EventLoops

/// One websocket for those who would rather wait than be called.
///
/// It runs on the sockets' loop; its users may be anywhere. When it goes, so does its link.
public actor WebSocketClient {
    public nonisolated let sockets: WebSocketLoop
    private var socket: WebSocket?

    public nonisolated var unownedExecutor: UnownedSerialExecutor { sockets.loop.asUnownedSerialExecutor() }

    /// A client that is not connected yet.
    public init(on sockets: WebSocketLoop) {
        self.sockets = sockets
    }

    isolated deinit {
        socket?.abort()
    }

    /// Opens the websocket, once.
    ///
    /// - Parameter unread: the most events that wait to be read; when there are more, the link is dropped and the stream ends
    ///   without a terminal event, since a reader that far behind has lost the thread.
    /// - Returns: what happens, up to the terminal event. Cancelling the task that reads drops the link.
    public func open(_ request: WebSocketRequest, unread: Int = 65_536) -> AsyncStream<WebSocketEvent> {
        precondition(socket == nil, "a client opens one websocket")
        let (events, continuation) = AsyncStream.makeStream(of: WebSocketEvent.self, bufferingPolicy: .bufferingOldest(unread))
        socket = sockets.connect(request) { [weak self] event in
            let result = continuation.yield(event)
            if event.isTerminal {
                continuation.finish()
            } else if case .dropped = result {
                continuation.finish()
                self?.assumeIsolated { $0.abort() }
            }
        }
        continuation.onTermination = { [weak self] reason in
            guard case .cancelled = reason else { return }
            Task { await self?.abort() }
        }
        return events
    }

    /// See `WebSocket.send(text:)`.
    public func send(text: String) throws(WebSocketError) { try opened().send(text: text) }
    /// See `WebSocket.send(binary:)`.
    public func send(binary: [UInt8]) throws(WebSocketError) { try opened().send(binary: binary) }
    /// See `WebSocket.sendUrgent(text:)`.
    public func sendUrgent(text: String) throws(WebSocketError) { try opened().sendUrgent(text: text) }
    /// See `WebSocket.ping(_:)`.
    public func ping(_ payload: [UInt8] = []) throws(WebSocketError) { try opened().ping(payload) }
    /// See `WebSocket.close(code:reason:)`.
    public func close(code: UInt16 = 1000, reason: String = "") { socket?.close(code: code, reason: reason) }
    /// See `WebSocket.abort()`.
    public func abort() { socket?.abort() }

    private func opened() throws(WebSocketError) -> WebSocket {
        guard let socket else { throw WebSocketError(.notOpen, "the websocket is not open") }
        return socket
    }
}
