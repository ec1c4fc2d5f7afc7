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
        /// Once, while the interaction can still be answered. A second one is refused (40060) and does no harm.
        case callback
        /// Only when it certainly never left: it carries nothing by which Discord could tell a repetition.
        case onlyUnsent
        /// Not at all: later it is worth nothing.
        case never
    }

    private init(_ route: Route, retry: RetryRule = .idempotent) {
        self.route = route
        self.body = nil
        self.retry = retry
    }

    private init(_ route: Route, _ message: MessageBody, retry: RetryRule) {
        self.route = route
        self.body = JSON.bytes(message)
        self.retry = retry
    }

    private init(_ route: Route, json: some Encodable, retry: RetryRule) {
        self.route = route
        self.body = JSON.bytes(json)
        self.retry = retry
    }

    private init(_ route: Route, _ response: InteractionResponse, retry: RetryRule) {
        self.route = route
        self.body = JSON.bytes(response)
        self.retry = retry
    }

    /// Keeps the interactions' connection open.
    public static let gateway = RESTRequest(.gateway, retry: .never)
    public static let gatewayBot = RESTRequest(.gatewayBot)
    public static let currentUser = RESTRequest(.currentUser)
    public static let currentGuilds = RESTRequest(.currentGuilds)
    public static let currentApplication = RESTRequest(.currentApplication)

    /// Shows "is typing" for ten seconds.
    public static func triggerTyping(in channel: Snowflake) -> RESTRequest {
        RESTRequest(.triggerTyping(in: channel), retry: .never)
    }

    /// Speaks in a channel, where `message` is given as a reply to it, and pings nobody.
    public static func createMessage(
        in channel: Snowflake, _ content: MessageContent, replyingTo message: Snowflake? = nil, nonce: Nonce
    ) -> RESTRequest {
        var body = MessageBody(content)
        body.name(nonce)
        body.message_reference = message.map { MessageBody.Reference(message_id: $0) }
        return RESTRequest(.createMessage(in: channel), body, retry: .guardedByNonce)
    }

    /// Replaces the text of a message of ours. An edit pings too unless told not to.
    public static func editMessage(_ message: Snowflake, in channel: Snowflake, _ content: MessageContent) -> RESTRequest {
        RESTRequest(.editMessage(message, in: channel), MessageBody(content, isEdit: true), retry: .idempotent)
    }

    /// The first answer to an interaction; within three seconds.
    ///
    /// - Parameter isFinal: it is not tried again, for an interaction that most likely is over.
    public static func respond(
        to interaction: Snowflake, _ token: Secret, with response: InteractionResponse, isFinal: Bool = false
    ) -> RESTRequest {
        RESTRequest(.interactionCallback(interaction, token), response, retry: isFinal ? .never : .callback)
    }

    /// Another message in answer to an interaction that has had its first answer; within fifteen minutes.
    public static func followUp(
        of application: Snowflake, _ token: Secret, _ content: MessageContent, isEphemeral: Bool = false
    ) -> RESTRequest {
        RESTRequest(
            .followUp(of: application, token), MessageBody(content, isEphemeral: isEphemeral), retry: .onlyUnsent)
    }

    /// Reads the first answer to an interaction.
    public static func getOriginalResponse(of application: Snowflake, _ token: Secret) -> RESTRequest {
        RESTRequest(.originalResponse(.get, of: application, token))
    }

    /// Replaces the first answer to an interaction, or completes a deferred one; within fifteen minutes.
    public static func editOriginalResponse(
        of application: Snowflake, _ token: Secret, _ content: MessageContent
    ) -> RESTRequest {
        RESTRequest(.originalResponse(.patch, of: application, token), MessageBody(content, isEdit: true), retry: .idempotent)
    }

    /// Takes the first answer to an interaction back, a "thinking…" too.
    public static func deleteOriginalResponse(of application: Snowflake, _ token: Secret) -> RESTRequest {
        RESTRequest(.originalResponse(.delete, of: application, token))
    }

    /// Opens the conversation with one person, or finds it: the answer is its channel.
    public static func createDirectChannel(with person: Snowflake) -> RESTRequest {
        RESTRequest(.directChannels, json: ["recipient_id": person], retry: .idempotent)
    }

    /// All slash commands that are registered everywhere, with the words of every language.
    public static func commands(of application: Snowflake) -> RESTRequest {
        RESTRequest(.commands(.get, of: application))
    }

    /// Registers these commands everywhere, in place of all others.
    public static func replaceCommands(of application: Snowflake, with commands: [ApplicationCommand]) -> RESTRequest {
        RESTRequest(.commands(.put, of: application), json: commands, retry: .idempotent)
    }

    /// Takes what this request carries, and the bot's token, out of text.
    public func redaction(token: Secret) -> Redaction {
        Redaction([token] + route.secrets)
    }
}
