import Foundation
import Timing

/// The server's side of one gateway socket.
///
/// opening → awaitingIdentify → deciding → running → closed; a fault of the client closes with Discord's code.
/// `leaving` closes soon whatever happens; `silent` is the fault of a socket that is open and dead.
/// Who a token belongs to and what a session holds is the gateway's knowledge: it is asked by an action and answers by an input.
struct GatewayConnection: Sendable {
    /// The largest frame a client may send, in bytes.
    static let frameBound = 4_096
    /// Frames that a client may send within a minute.
    static let sendBound = 120

    enum Phase: Hashable, Sendable { case opening, awaitingIdentify, deciding, running, leaving, silent, closed }

    enum Input: Hashable, Sendable {
        case opened(hello: Bool)
        case text(String)
        /// A frame that is no text, no UTF-8 or too large.
        case undecodable
        /// What an `identify` or a `resume` led to.
        case admitted
        case refused(GatewayCloseCode)
        /// The session does not live; the client may identify on the same socket. With `isResumable` it does live.
        case invalidSession(isResumable: Bool)
        case toldToReconnect
        /// From now on nobody is at home.
        case silenced
        case tick
        case lost
    }

    enum Action: Hashable, Sendable {
        case send(String)
        case identify(Identify)
        case resume(token: String, session: String, sequence: Int64)
        case requestMembers(JSON)
        case close(GatewayCloseCode)
        /// Answers a heartbeat, perhaps late.
        case acknowledge(after: Duration)
        /// The client does something that it should not, and that Discord lets pass.
        case note(String)
    }

    /// How heartbeats are answered.
    enum Acknowledgement: Hashable, Sendable { case never, after(Duration) }

    private(set) var phase = Phase.opening
    private(set) var deadline: Instant?
    var acknowledgement = Acknowledgement.after(.zero)
    /// What the client has been sent.
    var sequences = SentSequences()
    private let heartbeatInterval: Duration
    private let compression: Compression
    private var received: [Instant] = []

    init(heartbeatInterval: Duration, compression: Compression = .uncompressed) {
        self.heartbeatInterval = heartbeatInterval
        self.compression = compression
    }

    /// Whether an IDENTIFY or a RESUME waits for its answer.
    var isDeciding: Bool { phase == .deciding }

    mutating func handle(_ input: Input, at now: Instant) -> [Action] {
        guard phase != .closed, phase != .silent || input == .lost else { return [] }
        switch input {
        case .opened(let hello): return opened(hello: hello, at: now)
        case .text(let text): return receive(text, at: now)
        case .undecodable: return close(.decodeError)
        case .admitted:
            phase = .running
            return []
        case .refused(let code): return close(code)
        case .invalidSession(let isResumable):
            if phase != .running || !isResumable { phase = .awaitingIdentify }
            return [.send(#"{"op":9,"d":\#(isResumable)}"#)]
        case .toldToReconnect:
            phase = .leaving
            // Discord closes a few seconds after it asked.
            deadline = now.advanced(by: .seconds(5))
            return [.send(#"{"op":7,"d":null}"#)]
        case .silenced:
            phase = .silent
            deadline = nil
            return []
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
        let notes = GatewayRules.mistakes(inFrame: frame).map { Action.note("op \(opcode): \($0)") }
        return notes + take(opcode, frame["d"] ?? nil, at: now)
    }

    private mutating func take(_ opcode: Int64, _ data: JSON, at now: Instant) -> [Action] {
        switch opcode {
        case 1: return heartbeat(data, at: now)
        case 2: return identify(data)
        case 6: return resume(data)
        case 3, 4, 8, 31, 43:
            guard phase == .running || phase == .leaving else { return close(.notAuthenticated) }
            if opcode == 3 { return GatewayRules.mistakes(inPresence: data).map { .note("op 3: \($0)") } }
            guard opcode == 8 else { return [] }
            return GatewayRules.mistakes(inRequest: data).map { .note("op 8: \($0)") } + [.requestMembers(data)]
        default: return close(.unknownOpcode)
        }
    }

    private mutating func heartbeat(_ data: JSON, at now: Instant) -> [Action] {
        if phase != .leaving { deadline = now.advanced(by: heartbeatInterval * 1.5) }
        var actions: [Action] = []
        if data != .null, data.integer == nil {
            actions.append(.note("op 1: \"d\" is neither a number nor null"))
        } else if phase == .running, !sequences.accepts(data.integer, at: now) {
            actions.append(.note("op 1: \(data.text) is not the last sequence"))
        }
        if case .after(let delay) = acknowledgement { actions.append(.acknowledge(after: delay)) }
        return actions
    }

    private mutating func identify(_ data: JSON) -> [Action] {
        guard phase == .awaitingIdentify else { return close(.alreadyAuthenticated) }
        let notes = GatewayRules.mistakes(inIdentify: data, compression: compression).map { Action.note("op 2: \($0)") }
        switch Identify.read(data) {
        case .failure(let code): return notes + close(code)
        case .success(let identify):
            phase = .deciding
            return notes + [.identify(identify)]
        }
    }

    private mutating func resume(_ data: JSON) -> [Action] {
        guard phase == .awaitingIdentify else { return close(.alreadyAuthenticated) }
        let notes = GatewayRules.mistakes(inResume: data).map { Action.note("op 6: \($0)") }
        guard let token = data["token"]?.string, let session = data["session_id"]?.string else {
            return notes + close(.decodeError)
        }
        phase = .deciding
        return notes + [.resume(token: token, session: session, sequence: data["seq"]?.integer ?? 0)]
    }
}
