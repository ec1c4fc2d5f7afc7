import FlyingFox
import Foundation

/// Joins websocket frames into messages and names what is wrong with them.
struct FrameAssembler: Sendable {
    enum Event: Hashable, Sendable {
        case text(String)
        case ping(Data)
        case closed(UInt16?)
        /// Too large, no UTF-8, or against RFC 6455.
        case undecodable
    }

    /// The largest message, in bytes.
    let bound: Int
    private var pending: Data?

    init(bound: Int) {
        self.bound = bound
    }

    /// Takes the next frame; nil when there is nothing to tell yet.
    mutating func take(_ frame: WSFrame) -> Event? {
        guard !frame.rsv1, !frame.rsv2, !frame.rsv3 else { return .undecodable }
        switch frame.opcode {
        case .ping, .pong, .close:
            // RFC 6455, 5.5: control frames are whole and short.
            guard frame.fin, frame.payload.count <= 125 else { return .undecodable }
            return control(frame)
        // Discord takes JSON in binary frames too, and some libraries send it so.
        case .text, .binary:
            guard pending == nil else { return .undecodable }
            return append(frame, to: Data())
        case .continuation:
            guard let earlier = pending else { return .undecodable }
            return append(frame, to: earlier)
        default: return .undecodable
        }
    }

    private func control(_ frame: WSFrame) -> Event? {
        switch frame.opcode {
        case .ping: return .ping(frame.payload)
        case .close:
            let bytes = Array(frame.payload.prefix(2))
            return .closed(bytes.count == 2 ? UInt16(bytes[0]) << 8 | UInt16(bytes[1]) : nil)
        default: return nil
        }
    }

    private mutating func append(_ frame: WSFrame, to earlier: Data) -> Event? {
        guard earlier.count + frame.payload.count <= bound else { return .undecodable }
        let message = earlier + frame.payload
        guard frame.fin else {
            pending = message
            return nil
        }
        pending = nil
        guard let text = String(bytes: message, encoding: .utf8) else { return .undecodable }
        return .text(text)
    }
}
