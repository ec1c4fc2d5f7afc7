import Foundation
import Timing

/// The server's side of one gateway socket.
///
/// opening → awaitingIdentify → (identifying | resuming) → running → closed; a fault of the client closes with Discord's code.
/// Who a token belongs to and what a session holds is the gateway's knowledge: it is asked by an action and answers by an input.
struct GatewayConnection: Sendable {
    /// The largest frame a client may send, in bytes.
    static let frameBound = 4_096
    /// Frames that a client may send within a minute.
    static let sendBound = 120

    enum Phase: Hashable, Sendable { case opening, awaitingIdentify, deciding, running, leaving, closed }

    enum Input: Hashable, Sendable {
        case opened(hello: Bool)
        case text(String)
        /// A frame that is no text, no UTF-8 or too large.
        case undecodable
        /// What an `identify` or a `resume` led to.
        case admitted
        case refused(GatewayCloseCode)
        /// The session does not live; the client may identify on the same socket.
        case invalidSession
        case toldToReconnect
        case tick
        case lost
    }

    enum Action: Hashable, Sendable {
        case send(String)
        case identify(Identify)
        case resume(token: String, session: String, sequence: Int64)
        case requestMembers(JSON)
        case close(GatewayCloseCode)
    }

    private(set) var phase = Phase.opening
    private(set) var deadline: Instant?
    /// Whether heartbeats are answered; a fault switches it off.
    var acknowledges = true
    private let heartbeatInterval: Duration
    private var received: [Instant] = []

    init(heartbeatInterval: Duration) {
        self.heartbeatInterval = heartbeatInterval
    }

    mutating func handle(_ input: Input, at now: Instant) -> [Action] {
        if phase == .closed { return [] }
        switch input {
        case .opened(let hello): return opened(hello: hello, at: now)
        case .text(let text): return receive(text, at: now)
        case .undecodable: return close(.decodeError)
        case .admitted:
            phase = .running
            return []
        case .refused(let code): return close(code)
        case .invalidSession:
            phase = .awaitingIdentify
            return [.send(#"{"op":9,"d":false}"#)]
        case .toldToReconnect:
            phase = .leaving
            // Discord closes a few seconds after it asked.
            deadline = now.advanced(by: .seconds(5))
            return [.send(#"{"op":7,"d":null}"#)]
        case .tick:
            guard let deadline, now >= deadline else { return [] }
            return close(phase == .leaving ? .unknownError : .sessionTimedOut)
        case .lost:
            phase = .closed
            deadline = nil
            return []
        }
    }

    private mutating func opened(hello: Bool, at now: Instant) -> [Action] {
        phase = .awaitingIdentify
        deadline = now.advanced(by: heartbeatInterval * 1.5)
        guard hello else { return [] }
        let milliseconds = max(1, Int64(heartbeatInterval.milliseconds))
        return [.send(#"{"op":10,"d":{"heartbeat_interval":\#(milliseconds)},"s":null,"t":null}"#)]
    }

    private mutating func close(_ code: GatewayCloseCode) -> [Action] {
        phase = .closed
        deadline = nil
        return [.close(code)]
    }

    private mutating func receive(_ text: String, at now: Instant) -> [Action] {
        guard text.utf8.count <= GatewayConnection.frameBound else { return close(.decodeError) }
        received.removeAll { $0.duration(to: now) >= .seconds(60) }
        guard received.count < GatewayConnection.sendBound else { return close(.rateLimited) }
        received.append(now)
        guard let frame = JSON(parsing: Data(text.utf8)), let opcode = frame["op"]?.integer else { return close(.decodeError) }
        switch opcode {
        case 1: return heartbeat(at: now)
        case 2: return identify(frame["d"])
        case 6: return resume(frame["d"])
        case 3, 4, 8, 31, 43:
            guard phase == .running || phase == .leaving else { return close(.notAuthenticated) }
            return opcode == 8 ? [.requestMembers(frame["d"] ?? nil)] : []
        default: return close(.unknownOpcode)
        }
    }

    private mutating func heartbeat(at now: Instant) -> [Action] {
        if phase != .leaving { deadline = now.advanced(by: heartbeatInterval * 1.5) }
        return acknowledges ? [.send(#"{"op":11}"#)] : []
    }

    private mutating func identify(_ data: JSON?) -> [Action] {
        guard phase == .awaitingIdentify else { return close(.alreadyAuthenticated) }
        switch Identify.read(data) {
        case .failure(let code): return close(code)
        case .success(let identify):
            phase = .deciding
            return [.identify(identify)]
        }
    }

    private mutating func resume(_ data: JSON?) -> [Action] {
        guard phase == .awaitingIdentify else { return close(.alreadyAuthenticated) }
        guard let token = data?["token"]?.string, let session = data?["session_id"]?.string else { return close(.decodeError) }
        phase = .deciding
        return [.resume(token: token, session: session, sequence: data?["seq"]?.integer ?? 0)]
    }
}
