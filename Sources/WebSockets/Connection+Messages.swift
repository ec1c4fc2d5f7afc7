import CWebSockets

extension Connection {
    func received(_ piece: UnsafeRawBufferPointer, remaining: Int, isLast: Bool, isBinary: Bool) {
        guard state == .open else { return }
        switch assembler.append(piece, remaining: remaining, isLast: isLast, isBinary: isBinary) {
        case .incomplete:
            break
        case .message(let event):
            onEvent?(event)
        case .tooLarge:
            queue.removeAll()
            beginClosing(code: 1009, reason: "message over \(limits.messageBytes) bytes")
        case .invalidText:
            queue.removeAll()
            beginClosing(code: 1007, reason: "text is not UTF-8")
        }
    }

    func receivedPong(_ payload: [UInt8]) {
        guard state == .open else { return }
        onEvent?(.pong(payload))
    }

    /// One write a call, as the library demands; extra calls come and find nothing to do.
    func writable() -> Int32 {
        guard let socket, state == .open || state == .closing else { return 0 }
        if let frame = queue.popFirst() {
            guard write(frame, to: socket) else { return -1 }
            if !queue.isEmpty || closeToSend != nil {
                lws_callback_on_writable(socket)
            }
            return 0
        }
        guard let close = closeToSend else { return 0 }
        closeToSend = nil
        closeSent = close
        var reason = Array(close.reason.utf8)
        lws_close_reason(socket, lws_close_status(UInt32(close.code)), &reason, reason.count)
        // Makes the library send the close frame and wait for the answer.
        return -1
    }

    private func write(_ frame: consuming SendQueue.Frame, to socket: OpaquePointer) -> Bool {
        let count = frame.payloadCount
        let kind =
            switch frame.kind {
            case .text: LWS_WRITE_TEXT
            case .binary: LWS_WRITE_BINARY
            case .ping: LWS_WRITE_PING
            }
        return frame.bytes.withUnsafeMutableBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return false }
            return lws_write(socket, start + SendQueue.Frame.headRoom, count, kind) >= 0
        }
    }
}
