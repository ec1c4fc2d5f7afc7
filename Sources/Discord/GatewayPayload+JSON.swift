private import Foundation

extension GatewayPayload {
    /// Reads one message of the gateway. The only door from bytes to payloads, so a faster reader has one place to go.
    ///
    /// A missing field and null mean the same; unknown fields, operations and events pass. What is wrong inside an event
    /// costs the event and not its sequence number.
    public init(decoding bytes: [UInt8]) throws(Malformed) {
        let frame: Frame
        do {
            frame = try JSONDecoder().decode(Frame.self, from: Data(bytes))
        } catch let malformed as Malformed {
            throw malformed
        } catch {
            throw .noOperation
        }
        self = frame.payload
    }
}

private struct Frame: Decodable {
    let payload: GatewayPayload

    enum Key: String, CodingKey {
        case op, s, t, d
    }

    enum HelloKey: String, CodingKey {
        case interval = "heartbeat_interval"
    }

    init(from decoder: any Decoder) throws {
        let frame = try decoder.container(keyedBy: Key.self)
        switch try frame.decode(Int.self, forKey: .op) {
        case 0: payload = .dispatch(sequence: frame.lenient(Int.self, .s), try Self.event(in: frame))
        case 1: payload = .heartbeatRequest
        case 7: payload = .reconnect
        case 9: payload = .invalidSession(isResumable: frame.lenient(Bool.self, .d) ?? false)
        case 10:
            guard let interval = frame.nested(HelloKey.self, .d)?.lenient(Double.self, .interval) else {
                throw GatewayPayload.Malformed.noInterval
            }
            payload = .hello(heartbeatInterval: interval)
        case 11: payload = .heartbeatAcknowledged
        case let operation: payload = .unknown(operation: operation)
        }
    }

    private static func event(in frame: KeyedDecodingContainer<Key>) throws -> GatewayEvent {
        guard let name = frame.lenient(String.self, .t) else {
            throw GatewayPayload.Malformed.noEventName
        }
        let event: GatewayEvent? =
            switch name {
            case "READY": frame.lenient(Ready.self, .d).map(GatewayEvent.ready)
            case "RESUMED": .resumed
            case "MESSAGE_CREATE": frame.lenient(Message.self, .d).map(GatewayEvent.messageCreated)
            case "INTERACTION_CREATE": frame.lenient(Interaction.self, .d).map(GatewayEvent.interactionCreated)
            case "GUILD_CREATE": frame.lenient(Identified.self, .d).map { .guildCreated($0.id) }
            default: .other(name)
            }
        return event ?? .undecodable(name)
    }
}
