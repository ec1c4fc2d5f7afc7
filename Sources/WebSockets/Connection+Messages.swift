import CWebSockets

extension Connection {
    func received(_ piece: UnsafeRawBufferPointer, remaining: Int, isLast: Bool, isBinary: Bool) {
        guard state == .open else { return }
        switch assembler.append(piece, remaining: remaining, isLast: isLast) {
        case .incomplete:
            break
        case .whole:
            deliver(piece, isBinary: isBinary)
        case .joined:
            assembler.takeMessage().withUnsafeBytes { deliver($0, isBinary: isBinary) }
        case .tooLarge:
            queue.removeAll()
            beginClosing(code: 1009, reason: "message over \(limits.messageBytes) bytes")
        }
    }

    private func deliver(_ message: UnsafeRawBufferPointer, isBinary: Bool) {
        if let onMessage { return onMessage(message, isBinary) }
        let bytes = [UInt8](message)
        if isBinary {
            onEvent?(.binary(bytes))
        } else if isUTF8(bytes) {
            onEvent?(.text(bytes))
        } else {
            queue.removeAll()
            beginClosing(code: 1007, reason: "text is not UTF-8")
        }
    }

    private func isUTF8(_ bytes: [UInt8]) -> Bool {
        (try? UTF8Span(validating: bytes.span)) != nil
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
