/// Something that goes wrong on purpose: `POST /lab/faults {"fault":"…"}`.
enum Fault: Hashable, Sendable {
    /// On the sockets that are open now.
    case dropConnections, close(UInt16), reconnect, invalidSession, invalidSessionResumable
    case noAck, malformedJSON, unknownEvent, unknownOpcode, heartbeatRequest, duplicateEvent
    /// On the next sockets or IDENTIFYs, `count` of them.
    case noHello, noReady, reconnectBeforeHello, disallowedIntents, deadResumeURL
    /// On the next REST requests, `count` of them.
    case rest429, rest429Global, rest429Page, rest500, rest502, restLostAnswer
    /// Forgets the faults that wait.
    case clear

    private static let names: [(name: String, fault: Fault)] = [
        ("drop_connections", .dropConnections), ("reconnect", .reconnect), ("invalid_session", .invalidSession),
        ("invalid_session_resumable", .invalidSessionResumable), ("no_hello", .noHello), ("no_ready", .noReady),
        ("no_ack", .noAck), ("reconnect_before_hello", .reconnectBeforeHello), ("disallowed_intents", .disallowedIntents),
        ("dead_resume_url", .deadResumeURL), ("malformed_json", .malformedJSON), ("unknown_event", .unknownEvent),
        ("unknown_opcode", .unknownOpcode), ("heartbeat_request", .heartbeatRequest), ("duplicate_event", .duplicateEvent),
        ("rest_429", .rest429), ("rest_429_global", .rest429Global), ("rest_429_page", .rest429Page), ("rest_500", .rest500),
        ("rest_502", .rest502), ("rest_lost_answer", .restLostAnswer), ("clear", .clear),
    ]

    /// Every name that can be asked for.
    static var allNames: [String] { names.map(\.name) + ["close_<code>"] }

    /// The fault with this name; nil when there is none.
    init?(named name: String) {
        if let known = Fault.names.first(where: { $0.name == name }) {
            self = known.fault
        } else if name.hasPrefix("close_"), let code = UInt16(name.dropFirst(6)), Fault.isSendable(code) {
            self = .close(code)
        } else {
            return nil
        }
    }

    /// RFC 6455, 7.4: what an endpoint may send in a close frame.
    private static func isSendable(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }

    var waits: Bool {
        switch self {
        case .noHello, .noReady, .reconnectBeforeHello, .disallowedIntents, .deadResumeURL: true
        default: isREST
        }
    }

    var isREST: Bool {
        switch self {
        case .rest429, .rest429Global, .rest429Page, .rest500, .rest502, .restLostAnswer: true
        default: false
        }
    }
}
