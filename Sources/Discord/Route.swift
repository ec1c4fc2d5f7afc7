/// An endpoint of Discord's HTTP interface with its parameters filled in.
public struct Route: Hashable, Sendable {
    public let method: HTTPMethod
    /// The path with names for parameters: what logs and metrics may show.
    public let template: String
    /// The parameter that Discord counts requests by: a channel, a guild, or a webhook with its token. Nil for none.
    public let major: Secret?
    /// The path below the API's base. May hold an interaction's token.
    public let path: Secret
    /// The channel in which something is said or changed.
    public let channel: Snowflake?
    /// The token in the path, as it is and as it is written there, for redaction.
    let secrets: [Secret]
    /// Answers to interactions, and what keeps their connection open: they take no `Authorization` and are exempt from the global
    /// limit.
    public let isInteraction: Bool

    private init(
        _ method: HTTPMethod, _ template: String, path: String? = nil, major: String? = nil, channel: Snowflake? = nil,
        secrets: [Secret] = [], isInteraction: Bool = false
    ) {
        self.method = method
        self.template = template
        self.path = Secret(path ?? template)
        self.major = major.map(Secret.init)
        self.channel = channel
        self.secrets = secrets
        self.isInteraction = isInteraction
    }

    /// Needs no token and changes nothing.
    public static let gateway = Route(.get, "/gateway", isInteraction: true)
    public static let gatewayBot = Route(.get, "/gateway/bot")
    public static let currentUser = Route(.get, "/users/@me")
    public static let currentGuilds = Route(.get, "/users/@me/guilds")
    public static let currentApplication = Route(.get, "/applications/@me")

    /// Where conversations with single people are opened.
    public static let directChannels = Route(.post, "/users/@me/channels")

    /// The slash commands of everywhere.
    public static func commands(_ method: HTTPMethod, of application: Snowflake) -> Route {
        let path = "/applications/\(application)/commands" + (method == .get ? "?with_localizations=true" : "")
        return Route(method, "/applications/{application}/commands", path: path)
    }

    public static func createMessage(in channel: Snowflake) -> Route {
        Route(
            .post, "/channels/{channel}/messages", path: "/channels/\(channel)/messages", major: "\(channel)", channel: channel)
    }

    public static func editMessage(_ message: Snowflake, in channel: Snowflake) -> Route {
        Route(
            .patch, "/channels/{channel}/messages/{message}", path: "/channels/\(channel)/messages/\(message)",
            major: "\(channel)", channel: channel)
    }

    public static func triggerTyping(in channel: Snowflake) -> Route {
        Route(.post, "/channels/{channel}/typing", path: "/channels/\(channel)/typing", major: "\(channel)", channel: channel)
    }

    public static func interactionCallback(_ interaction: Snowflake, _ token: Secret) -> Route {
        withToken(token, .post, "/interactions/{interaction}/{token}/callback") { "/interactions/\(interaction)/\($0)/callback" }
    }

    public static func followUp(of application: Snowflake, _ token: Secret) -> Route {
        withToken(token, .post, "/webhooks/{application}/{token}") { "/webhooks/\(application)/\($0)" }
    }

    /// The first answer to an interaction: to read, to edit or to delete.
    public static func originalResponse(_ method: HTTPMethod, of application: Snowflake, _ token: Secret) -> Route {
        withToken(token, method, "/webhooks/{application}/{token}/messages/@original") {
            "/webhooks/\(application)/\($0)/messages/@original"
        }
    }

    /// Discord counts these by id and token; a token belongs to one of each, so it says enough.
    private static func withToken(
        _ token: Secret, _ method: HTTPMethod, _ template: String, path: (String) -> String
    ) -> Route {
        let segment = escaped(token.value)
        return Route(
            method, template, path: path(segment), major: segment, secrets: [token, Secret(segment)], isInteraction: true)
    }

    /// A foreign text as one segment of a path: everything but RFC 3986's unreserved characters is escaped.
    private static func escaped(_ text: String) -> String {
        var segment = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F, 0x7E: segment.unicodeScalars.append(Unicode.Scalar(byte))
            // A segment of dots alone would be a step up.
            case 0x2E where text.utf8.count > 2: segment.append(".")
            default: segment += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return segment
    }
}

extension Route: CustomStringConvertible {
    public var description: String {
        "\(method.rawValue) \(template)"
    }
}
