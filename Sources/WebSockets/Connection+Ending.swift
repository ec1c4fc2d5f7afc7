extension Connection {
    /// The library answers the close frame by itself.
    func peerCloses(_ payload: [UInt8]) {
        guard state == .open || state == .closing else { return }
        state = .closing
        closeToSend = nil
        queue.removeAll()
        guard payload.count >= 2 else {
            closeReceived = (1005, "")
            return
        }
        let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
        closeReceived = (code, String(decoding: payload.dropFirst(2), as: UTF8.self))
    }

    func timerFired() {
        switch state {
        case .connecting:
            let place = endpoint?.place ?? ""
            cause =
                cause
                ?? WebSocketError(
                    .timedOut(during: phase),
                    "no websocket at \(place) within \(limits.connect) (\(phase.rawValue) was under way)"
                )
            drop()
        case .closing:
            drop()
        case .open, .finished:
            // The connect deadline of a socket that opened in time.
            break
        }
    }

    /// The link is gone.
    func ended() {
        switch state {
        case .connecting:
            finish(.failed(cause ?? failure("", tls: nil)))
        case .open, .closing:
            let close = closeReceived ?? closeSent
            finish(.closed(code: close?.code, reason: close?.reason ?? ""))
        case .finished:
            break
        }
    }

    /// The library has freed the socket, whatever else it did or did not say.
    func destroyed() {
        // What is refused while it is being dialled is told later, when the caller has left its own step.
        guard socket != nil else { return }
        socket = nil
        ended()
    }

    func loopStops() {
        cause = cause ?? WebSocketError(.cancelled, "the loop has stopped")
    }

    func finish(_ event: WebSocketEvent) {
        guard state != .finished else { return }
        state = .finished
        queue.removeAll()
        let onEvent = onEvent
        self.onEvent = nil
        onMessage = nil
        onEvent?(event)
    }
}
