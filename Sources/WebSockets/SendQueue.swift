import CWebSockets

/// What waits to be sent, in order, within bounds; what is urgent goes first.
struct SendQueue {
    enum Kind: Hashable {
        case text
        case binary
        case ping
    }

    struct Frame: Equatable {
        let kind: Kind
        /// The payload behind the head room that libwebsockets writes its header and mask into.
        var bytes: [UInt8]

        init(_ kind: Kind, _ payload: some Collection<UInt8>) {
            self.kind = kind
            bytes = []
            bytes.reserveCapacity(Frame.headRoom + payload.count)
            bytes.append(contentsOf: repeatElement(0, count: Frame.headRoom))
            bytes.append(contentsOf: payload)
        }

        static let headRoom = isitdown_lws_pre()
        var payloadCount: Int { bytes.count - Frame.headRoom }
    }

    /// Urgent frames that may wait, whatever else does: heartbeats and pings are few.
    static let urgentFrames = 16

    private let limits: WebSocketRequest.Limits
    private var urgent: [Frame] = []
    /// Two stacks make a queue: frames come in on one and leave from the other, which holds the older ones in reverse.
    private var incoming: [Frame] = []
    private var outgoing: [Frame] = []
    /// The payload that waits, in bytes.
    private(set) var byteCount = 0

    init(limits: WebSocketRequest.Limits) {
        self.limits = limits
    }

    /// The frames that wait.
    var count: Int { urgent.count + incoming.count + outgoing.count }
    var isEmpty: Bool { count == 0 }

    /// Queues a frame behind those of its kind of urgency, or refuses it with `backPressure`.
    mutating func append(_ frame: Frame, isUrgent: Bool) throws(WebSocketError) {
        if isUrgent {
            guard urgent.count < SendQueue.urgentFrames, frame.payloadCount <= limits.queuedBytes else { throw full }
            urgent.append(frame)
        } else {
            guard incoming.count + outgoing.count < limits.queuedMessages,
                frame.payloadCount <= limits.queuedBytes - byteCount
            else { throw full }
            incoming.append(frame)
        }
        byteCount += frame.payloadCount
    }

    /// Takes the frame that is to be sent next.
    mutating func popFirst() -> Frame? {
        if outgoing.isEmpty {
            swap(&incoming, &outgoing)
            outgoing.reverse()
        }
        guard let frame = urgent.isEmpty ? outgoing.popLast() : urgent.removeFirst() else { return nil }
        byteCount -= frame.payloadCount
        return frame
    }

    mutating func removeAll() {
        self = SendQueue(limits: limits)
    }

    private var full: WebSocketError {
        WebSocketError(.backPressure, "\(count) messages with \(byteCount) bytes already wait to be sent")
    }
}
