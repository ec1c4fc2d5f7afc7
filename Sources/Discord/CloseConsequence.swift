/// What a lost connection means for the session. The table follows Discord's list of close codes, with the choices it
/// leaves open decided for keeping the session: a wrong resume costs a round trip, a wrong identify costs the day's budget.
enum CloseConsequence: Equatable {
    /// The session lives on.
    case resume
    /// The session may live on; when resuming ends the same way, it does not.
    case resumeOnce
    /// The session lives on, and Discord asked for less haste.
    case resumeLater
    /// The session is gone.
    case identify
    /// The portal does not grant a privileged intent.
    case reduceIntents
    /// Trying again cannot help.
    case stop(GatewaySession.StopReason)

    /// The consequence of a close code; nil is a connection that vanished without one.
    init(code: UInt16?) {
        switch code {
        case 1000: self = .resumeOnce
        case 4000, 4001, 4002, 4005: self = .resume
        case 4003, 4006, 4007, 4009: self = .identify
        case 4004: self = .stop(.authenticationFailed)
        case 4008: self = .resumeLater
        case 4010: self = .stop(.invalidShard)
        case 4011: self = .stop(.shardingRequired)
        case 4012: self = .stop(.invalidVersion)
        case 4013: self = .stop(.invalidIntents)
        case 4014: self = .reduceIntents
        case .some(4000...4999): self = .resumeOnce
        default: self = .resume
        }
    }

    /// Whether the code says that this client broke the protocol, which someone should read.
    static func isOurFault(_ code: UInt16?) -> Bool {
        switch code {
        case 4001, 4002, 4005, 4008: true
        default: false
        }
    }
}
