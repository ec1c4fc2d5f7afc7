/// What a client says on the gateway. The bot's token is put in at the last moment, so a command can be printed.
public enum GatewayCommand: Equatable, Sendable {
    case identify(intents: GatewayIntents, Shard, Presence?)
    case resume(sessionID: String, sequence: Int)
    /// The number of the last event taken over; nil before the first.
    case heartbeat(sequence: Int?)
    case presence(Presence)

    /// The command is larger than the 4096 bytes that Discord accepts; sending it would cost the connection (4002).
    public struct TooLarge: Error, Equatable, Sendable {
        public let bytes: Int
    }

    /// The largest payload Discord accepts, in bytes.
    public static let largest = 4_096

    /// The bytes of the text frame to send.
    public func encoded(token: Secret) throws(TooLarge) -> [UInt8] {
        let bytes =
            switch self {
            case .identify(let intents, let shard, let presence):
                JSON.bytes(Frame(op: 2, d: Identify(token: token.value, intents: intents, shard: shard, presence: presence)))
            case .resume(let sessionID, let sequence):
                JSON.bytes(Frame(op: 6, d: Resume(token: token.value, session_id: sessionID, seq: sequence)))
            case .heartbeat(let sequence):
                Array(#"{"op":1,"d":\#(sequence.map(String.init) ?? "null")}"#.utf8)
            case .presence(let presence):
                JSON.bytes(Frame(op: 3, d: presence))
            }
        guard bytes.count <= Self.largest else { throw TooLarge(bytes: bytes.count) }
        return bytes
    }
}

private struct Frame<Content: Encodable>: Encodable {
    let op: Int
    let d: Content
}

private struct Identify: Encodable {
    let token: String
    let intents: GatewayIntents
    let properties = ["os": "linux", "browser": "isitdown", "device": "isitdown"]
    let shard: Shard
    let compress = false
    let presence: Presence?
}

private struct Resume: Encodable {
    let token: String
    let session_id: String
    let seq: Int
}
