import CSimdjson
public import Discord

/// A payload as far as one pass of simdjson tells. There for the duration of a call only.
struct ScannedPayload {
    /// Owned by the reader; points into its buffer.
    private let scan: UnsafePointer<isitdown_payload>
    private let scanner: OpaquePointer?
    /// The payload's own bytes.
    let bytes: UnsafeBufferPointer<UInt8>

    init(_ scan: UnsafePointer<isitdown_payload>, by scanner: OpaquePointer?, of bytes: UnsafeBufferPointer<UInt8>) {
        self.scan = scan
        self.scanner = scanner
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

    /// The message with all that is ever read of one; nil where only the full decoder can tell.
    ///
    /// For a message that somebody wants: Foundation's decoder takes a tenth of a millisecond for it. What `message` gave of texts is
    /// gone afterwards.
    func wholeMessage() -> Message? {
        guard let message else { return nil }
        let (id, channel, guild) = (scan.pointee.message.id, scan.pointee.message.channel, scan.pointee.message.guild)
        let mentions = (0..<scan.pointee.message.mention_count).map { message.mention($0) }
        var details = isitdown_details()
        guard let start = bytes.baseAddress, isitdown_read(scanner, start, bytes.count, &details) else { return nil }
        let author = Message.Author(
            id: message.author, isBot: message.isByBot, isSystem: message.isBySystem, username: details.username.text ?? "",
            globalName: details.global_name.text)
        let referenced =
            details.referenced == 0
            ? nil
            : Message.Referenced(
                id: Snowflake(rawValue: details.referenced), authorID: Snowflake(rawValue: details.referenced_author),
                content: details.referenced_content.text ?? "")
        return Message(
            id: Snowflake(rawValue: id), channelID: Snowflake(rawValue: channel),
            guildID: guild == 0 ? nil : Snowflake(rawValue: guild), author: author, webhookID: message.webhook,
            type: message.type,
            content: details.content.text ?? "", mentions: mentions, mentionsEveryone: details.mentions_everyone,
            referenced: referenced, flags: Int(details.flags))
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
    public var channel: Snowflake { Snowflake(rawValue: message.pointee.channel) }
    /// Nil where it was said in private.
    public var guild: Snowflake? { isDirect ? nil : Snowflake(rawValue: message.pointee.guild) }
    public var author: Snowflake { Snowflake(rawValue: message.pointee.author) }
    /// Nil where Discord did not say.
    public var type: Int? { message.pointee.type < 0 ? nil : Int(message.pointee.type) }
    public var isDirect: Bool { message.pointee.guild == 0 }
    /// Whether a bot, the system or a webhook wrote it.
    public var isAutomatic: Bool {
        message.pointee.author_is_bot || message.pointee.author_is_system || message.pointee.webhook != 0
    }
    /// Whether it answers a message that came along.
    public var answersMessage: Bool { message.pointee.answers }
    /// Its text in UTF-8.
    public var content: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: message.pointee.content.start, count: message.pointee.content.count)
    }

    var isByBot: Bool { message.pointee.author_is_bot }
    var isBySystem: Bool { message.pointee.author_is_system }
    var webhook: Snowflake? { message.pointee.webhook == 0 ? nil : Snowflake(rawValue: message.pointee.webhook) }

    func mention(_ index: UInt32) -> Snowflake { Snowflake(rawValue: isitdown_mention(message, index)) }

    public func mentions(_ user: Snowflake) -> Bool {
        guard message.pointee.mention_count > 0 else { return false }
        return isitdown_mentions(message, user.rawValue)
    }
}

extension isitdown_bytes {
    /// The text that the bytes are; nil where there are none.
    fileprivate var text: String? {
        start.map { String(decoding: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self) }
    }
}
