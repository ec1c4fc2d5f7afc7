import CSimdjson
public import Discord

/// A payload as far as one pass of simdjson tells. There for the duration of a call only.
struct ScannedPayload {
    /// Owned by the reader; points into its buffer.
    private let scan: UnsafePointer<isitdown_payload>
    /// The payload's own bytes.
    let bytes: UnsafeBufferPointer<UInt8>

    init(_ scan: UnsafePointer<isitdown_payload>, of bytes: UnsafeBufferPointer<UInt8>) {
        self.scan = scan
        self.bytes = bytes
    }

    var isDispatch: Bool { scan.pointee.operation == 0 }

    /// The event's number; nil for none.
    var sequence: Int? { scan.pointee.sequence < 0 ? nil : Int(scan.pointee.sequence) }

    /// What stands where a message was created and everything about it is as Discord documents.
    var message: ScannedMessage? {
        guard scan.pointee.is_message, !scan.pointee.message.is_odd else { return nil }
        return ScannedMessage(scan)
    }

    /// An event that no part of the bot listens to; nil for one that has to be read as a whole.
    var otherEvent: GatewayEvent? {
        let name = UnsafeBufferPointer(start: scan.pointee.event.start, count: scan.pointee.event.count)
        guard isDispatch, !name.isEmpty, !scan.pointee.is_message else { return nil }
        if Self.listened.contains(where: { $0.utf8.elementsEqual(name) }) { return nil }
        if scan.pointee.subject != 0 { return .guildCreated(Snowflake(rawValue: scan.pointee.subject)) }
        return .other(String(decoding: name.prefix(64), as: UTF8.self))
    }

    private static let listened = ["READY", "RESUMED", "INTERACTION_CREATE", "MESSAGE_CREATE"]
}

/// What of a message decides whether somebody wants to read it, without a copy. There for the duration of a call only.
public struct ScannedMessage {
    /// Points into the reader's buffers.
    private let message: UnsafePointer<isitdown_message>

    init(_ scan: UnsafePointer<isitdown_payload>) {
        message = UnsafeRawPointer(scan).advanced(by: Self.offset).assumingMemoryBound(to: isitdown_message.self)
    }

    private static let offset = MemoryLayout<isitdown_payload>.offset(of: \.message) ?? 0

    public var id: Snowflake { Snowflake(rawValue: message.pointee.id) }
    public var author: Snowflake { Snowflake(rawValue: message.pointee.author) }
    /// Nil where Discord did not say.
    public var type: Int? { message.pointee.type < 0 ? nil : Int(message.pointee.type) }
    public var isDirect: Bool { message.pointee.guild == 0 }
    /// Whether a bot, the system or a webhook wrote it.
    public var isAutomatic: Bool {
        message.pointee.author_is_bot || message.pointee.author_is_system || message.pointee.is_webhook
    }
    /// Whether it answers a message that came along.
    public var answersMessage: Bool { message.pointee.answers }
    /// Its text in UTF-8.
    public var content: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: message.pointee.content.start, count: message.pointee.content.count)
    }

    public func mentions(_ user: Snowflake) -> Bool {
        guard message.pointee.mention_count > 0 else { return false }
        return isitdown_mentions(message, user.rawValue)
    }
}
