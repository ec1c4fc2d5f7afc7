import CWebSockets

/// The connections of the lab's TLS hosts, as libwebsockets' callbacks tell of them. Only the loop's thread touches it.
final class LabConversations {
    /// Connections at once; more are turned away.
    static let bound = 512

    private struct Conversation {
        var heard: [UInt8] = []
        var toSay: [UInt8] = []
        var hangsUp = false
    }

    private let statuses: [String: Int]
    private var conversations: [OpaquePointer: Conversation] = [:]

    init(statuses: [String: Int]) {
        self.statuses = statuses
    }

    /// One event of libwebsockets; the result is the callback's, where -1 closes.
    func handle(_ wsi: OpaquePointer, _ reason: lws_callback_reasons, _ bytes: UnsafeRawBufferPointer, isBlocked: Bool) -> Int32 {
        switch reason {
        case LWS_CALLBACK_RAW_ADOPT:
            guard conversations.count < LabConversations.bound else { return -1 }
            conversations[wsi] = Conversation()
            return 0
        case LWS_CALLBACK_RAW_RX: return hear(wsi, bytes, isBlocked: isBlocked)
        case LWS_CALLBACK_RAW_WRITEABLE: return say(wsi)
        case LWS_CALLBACK_RAW_CLOSE:
            conversations[wsi] = nil
            return 0
        default: return 0
        }
    }

    private func hear(_ wsi: OpaquePointer, _ bytes: UnsafeRawBufferPointer, isBlocked: Bool) -> Int32 {
        guard var conversation = conversations[wsi], !conversation.hangsUp else { return 0 }
        conversation.heard += bytes
        let answer = RawAnswer.to(conversation.heard, statuses: statuses, isBlocked: isBlocked)
        switch answer {
        case .wantsMore: break
        case .hangUp: return -1
        case .say(let words, let thenHangUp):
            conversation.heard = []
            conversation.toSay = words
            conversation.hangsUp = thenHangUp
            lws_callback_on_writable(wsi)
        }
        conversations[wsi] = conversation
        return 0
    }

    private func say(_ wsi: OpaquePointer) -> Int32 {
        guard let conversation = conversations[wsi], !conversation.toSay.isEmpty else { return 0 }
        conversations[wsi]?.toSay = []
        let head = isitdown_lws_pre()
        // LWS_WRITE_RAW, which is a macro for it and does not import.
        var buffer = [UInt8](repeating: 0, count: head) + conversation.toSay
        let count = conversation.toSay.count
        let written = buffer.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return Int32(-1) }
            return lws_write(wsi, start + head, count, LWS_WRITE_HTTP)
        }
        return written < 0 || conversation.hangsUp ? -1 : 0
    }
}
