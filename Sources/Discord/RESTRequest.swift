/// A request to Discord's HTTP interface, ready but for the base address and the token.
public struct RESTRequest: Equatable, Sendable {
    public let route: Route
    /// JSON; nil for none.
    public let body: [UInt8]?
    public let retry: RetryRule

    /// When a request may be sent again although the first may have been carried out.
    public enum RetryRule: Equatable, Sendable {
        /// Always: doing it twice is doing it once.
        case idempotent
        /// For two minutes: Discord knows the nonce that long.
        case guardedByNonce
        /// Once, while the interaction can still be answered.
        case callback
        /// Only when it certainly never left.
        case onlyUnsent
    }

    init(_ route: Route, retry: RetryRule = .idempotent) {
        self.route = route
        self.body = nil
        self.retry = retry
    }

    init(_ route: Route, _ body: some Encodable, retry: RetryRule = .idempotent) {
        self.route = route
        self.body = JSON.bytes(body)
        self.retry = retry
    }

    public static let gatewayBot = RESTRequest(.gatewayBot)
    public static let currentUser = RESTRequest(.currentUser)
    public static let currentApplication = RESTRequest(.currentApplication)

    /// Shows "is typing" for ten seconds. Not worth a second attempt.
    public static func triggerTyping(in channel: Snowflake) -> RESTRequest {
        RESTRequest(.triggerTyping(in: channel), retry: .onlyUnsent)
    }

    /// Speaks in a channel, where `message` is given as a reply to it, and pings nobody.
    public static func createMessage(
        in channel: Snowflake, _ content: MessageContent, replyingTo message: Snowflake? = nil, nonce: Nonce
    ) -> RESTRequest {
        let reference = message.map { MessageReference(message_id: $0) }
        return RESTRequest(
            .createMessage(in: channel),
            NewMessage(content: content.text, nonce: nonce.text, message_reference: reference), retry: .guardedByNonce)
    }

    /// Replaces the text of a message of ours. An edit pings too unless told not to.
    public static func editMessage(_ message: Snowflake, in channel: Snowflake, _ content: MessageContent) -> RESTRequest {
        RESTRequest(.editMessage(message, in: channel), MessageText(content: content.text))
    }

    /// The first answer to an interaction.
    public static func respond(
        to interaction: Snowflake, _ token: Secret, with response: InteractionResponse
    ) -> RESTRequest {
        RESTRequest(.interactionCallback(interaction, token), response, retry: .callback)
    }

    /// Replaces the first answer to an interaction, or completes a deferred one; within fifteen minutes.
    public static func editOriginalResponse(
        of application: Snowflake, _ token: Secret, _ content: MessageContent
    ) -> RESTRequest {
        RESTRequest(.editOriginalResponse(of: application, token), MessageText(content: content.text))
    }
}

/// Allows no mention to ping. Part of every body with content, so that no call can forget it.
struct NoMentions: Encodable {
    let parse: [String] = []
    let replied_user = false
}

/// A deleted message must not make the answer fail.
private struct MessageReference: Encodable {
    let type = 0
    let message_id: Snowflake
    let fail_if_not_exists = false
}

private struct NewMessage: Encodable {
    let content: String
    let nonce: String
    let enforce_nonce = true
    let allowed_mentions = NoMentions()
    let message_reference: MessageReference?
}

private struct MessageText: Encodable {
    let content: String
    let allowed_mentions = NoMentions()
}
