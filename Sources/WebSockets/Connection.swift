import CWebSockets

/// One websocket, from dialling to its terminal event. Lives on the loop's thread.
///
/// `connecting → open → closing → finished`, and to `finished` from each. What the library reports comes in through the
/// functions that `libraryCallback` calls; what the user orders through `WebSocket`. Events go out only from the former, so an
/// order never runs the user's own handler inside of it. The members are open to the extensions, which the other files hold.
final class Connection {
    enum State {
        case connecting
        case open
        /// A close frame waits to be sent, was sent, or came.
        case closing
        case finished
    }

    var state = State.connecting
    var onEvent: (@Sendable (WebSocketEvent) -> Void)?
    /// Takes messages instead of `onEvent`, without a copy.
    var onMessage: WebSocketLoop.MessageHandler?
    let limits: WebSocketRequest.Limits
    var queue: SendQueue
    var assembler: MessageAssembler
    /// `struct lws *`, from the dialling until the library destroys it.
    var socket: OpaquePointer?

    var endpoint: Endpoint?
    var phase = WebSocketError.Phase.tcp
    /// The HTTP status of the answer to the upgrade; zero until there is one.
    var status = 0
    /// What is known of the cause before the library reports the failure.
    var cause: WebSocketError?
    var hasVerifiedAddress = false

    var closeToSend: (code: UInt16, reason: String)?
    var closeSent: (code: UInt16, reason: String)?
    var closeReceived: (code: UInt16, reason: String)?

    init(
        limits: WebSocketRequest.Limits,
        onMessage: WebSocketLoop.MessageHandler?,
        onEvent: @escaping @Sendable (WebSocketEvent) -> Void
    ) {
        self.limits = limits
        self.onMessage = onMessage
        self.onEvent = onEvent
        queue = SendQueue(limits: limits)
        assembler = MessageAssembler(limit: limits.messageBytes)
    }
}

extension Connection {
    var isOpen: Bool { state == .open }
    var queuedBytes: Int { queue.byteCount }
    var queuedMessages: Int { queue.count }

    func send(_ frame: SendQueue.Frame, isUrgent: Bool) throws(WebSocketError) {
        guard state == .open, let socket else { throw WebSocketError(.notOpen, "the websocket is not open") }
        try queue.append(frame, isUrgent: isUrgent)
        lws_callback_on_writable(socket)
    }

    func close(code: UInt16, reason: String) {
        switch state {
        case .connecting: abort()
        case .open: beginClosing(code: code, reason: reason)
        case .closing, .finished: break
        }
    }

    func abort() {
        guard state != .finished else { return }
        cause = cause ?? WebSocketError(.cancelled, "the attempt to connect was given up")
        if state != .connecting {
            state = .closing
        }
        closeToSend = nil
        queue.removeAll()
        drop()
    }

    /// What is queued goes first, then the close frame, then the peer has the time that is left to answer.
    func beginClosing(code: UInt16, reason: String) {
        state = .closing
        closeToSend = (code, reason)
        setTimer(min(limits.close, .seconds(5)))
        if let socket {
            lws_callback_on_writable(socket)
        }
    }

    /// Ends the link without a close frame, at the library's next turn.
    ///
    /// `LWS_TO_KILL_ASYNC` is the way that neither frees the socket under a callback nor waits for buffered output.
    func drop() {
        guard let socket else { return }
        lws_set_timeout(socket, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC)
    }

    /// There is one timer, and what it means depends on the state: the library 4.1 cannot cancel one (it would fire at once).
    func setTimer(_ wait: Duration) {
        guard let socket else { return }
        let (seconds, attoseconds) = min(max(wait, .zero), .seconds(3_600)).components
        lws_set_timer_usecs(socket, seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }
}
