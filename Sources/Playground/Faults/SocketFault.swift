/// What can go wrong on a gateway socket.
enum SocketFault: String, Hashable, Sendable, CaseIterable {
    // The connection.
    case dropConnections = "drop_connections"
    /// The socket stays open, and the server neither reads nor writes.
    case halfOpen = "half_open"
    case corruptStream = "corrupt_stream"

    // What the server says.
    case reconnect
    case invalidSession = "invalid_session"
    case invalidSessionResumable = "invalid_session_resumable"
    case heartbeatRequest = "heartbeat_request"
    case malformedJSON = "malformed_json"
    case unknownOpcode = "unknown_opcode"
    case unknownEvent = "unknown_event"
    case duplicateEvent = "duplicate_event"
    /// An event is lost on the way; a RESUME from before it brings it.
    case sequenceGap = "sequence_gap"
    case hugeEvent = "huge_event"

    // How it says it, from now on.
    case noAck = "no_ack"
    case lateAck = "late_ack"
    case splitFrames = "split_frames"
    case splitMessages = "split_messages"
    case markerInside = "marker_inside"
    /// The next payloads, two in one message.
    case coalesced

    // What it does not say, or says wrongly, to the next socket.
    case noHello = "no_hello"
    case reconnectBeforeHello = "reconnect_before_hello"
    case noReady = "no_ready"
    case noResumed = "no_resumed"
    case disallowedIntents = "disallowed_intents"
    /// READY names a port that nobody listens on.
    case deadResumeURL = "dead_resume_url"
    /// READY names a port that takes connections and never says anything.
    case silentResumeURL = "silent_resume_url"

    var ownOccasion: Occasion? {
        switch self {
        case .noHello, .reconnectBeforeHello: .opening
        case .noReady, .disallowedIntents, .deadResumeURL, .silentResumeURL: .identifying
        case .noResumed: .resuming
        default: nil
        }
    }

    var replacesAnswer: Bool {
        switch self {
        case .noAck, .lateAck, .splitFrames, .splitMessages, .markerInside, .coalesced, .deadResumeURL, .silentResumeURL: false
        default: true
        }
    }
}
