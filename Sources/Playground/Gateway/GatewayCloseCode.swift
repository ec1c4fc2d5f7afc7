/// The gateway's close codes, as the server sends them.
struct GatewayCloseCode: Error, Hashable, Sendable {
    let rawValue: UInt16

    static let unknownError = GatewayCloseCode(rawValue: 4000)
    static let unknownOpcode = GatewayCloseCode(rawValue: 4001)
    static let decodeError = GatewayCloseCode(rawValue: 4002)
    static let notAuthenticated = GatewayCloseCode(rawValue: 4003)
    static let authenticationFailed = GatewayCloseCode(rawValue: 4004)
    static let alreadyAuthenticated = GatewayCloseCode(rawValue: 4005)
    static let invalidSequence = GatewayCloseCode(rawValue: 4007)
    static let rateLimited = GatewayCloseCode(rawValue: 4008)
    static let sessionTimedOut = GatewayCloseCode(rawValue: 4009)
    static let invalidShard = GatewayCloseCode(rawValue: 4010)
    static let shardingRequired = GatewayCloseCode(rawValue: 4011)
    static let invalidVersion = GatewayCloseCode(rawValue: 4012)
    static let invalidIntents = GatewayCloseCode(rawValue: 4013)
    static let disallowedIntents = GatewayCloseCode(rawValue: 4014)

    /// Whether a session survives it: all but those after which Discord wants a new IDENTIFY, or none at all.
    var keepsSession: Bool {
        ![1000, 4003, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014].contains(rawValue)
    }

    var reason: String {
        switch rawValue {
        case 4000: "Unknown error."
        case 4001: "Unknown opcode."
        case 4002: "Error while decoding payload."
        case 4003: "Not authenticated."
        case 4004: "Authentication failed."
        case 4005: "Already authenticated."
        case 4007: "Invalid sequence number."
        case 4008: "Rate limited."
        case 4009: "Session timed out."
        case 4010: "Invalid shard."
        case 4011: "Sharding required."
        case 4012: "Invalid API version."
        case 4013: "Invalid intent(s)."
        case 4014: "Disallowed intent(s)."
        default: ""
        }
    }
}
