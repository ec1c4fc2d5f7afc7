/// An endpoint of Discord's HTTP interface with its parameters filled in.
public struct Route: Hashable, Sendable {
    public let method: HTTPMethod
    /// The path with names for parameters: what logs and metrics may show.
    public let template: String
    /// The parameter that Discord counts requests by: a channel, a guild, or a webhook with its token. Nil for none.
    public let major: Secret?
    /// The path below the API's base. May hold an interaction's token.
    public let path: Secret
    /// Answers to interactions: their token is in the path, they take no `Authorization` and are exempt from the global limit.
    public let isInteraction: Bool

    private init(
        _ method: HTTPMethod, _ template: String, major: String? = nil, path: String? = nil, isInteraction: Bool = false
    ) {
        self.method = method
        self.template = template
        self.major = major.map(Secret.init)
        self.path = Secret(path ?? template)
        self.isInteraction = isInteraction
    }

    public static let gatewayBot = Route(.get, "/gateway/bot")
    public static let currentUser = Route(.get, "/users/@me")
    public static let currentApplication = Route(.get, "/applications/@me")

    public static func createMessage(in channel: Snowflake) -> Route {
        Route(.post, "/channels/{channel}/messages", major: "\(channel)", path: "/channels/\(channel)/messages")
    }

    public static func editMessage(_ message: Snowflake, in channel: Snowflake) -> Route {
        Route(
            .patch, "/channels/{channel}/messages/{message}", major: "\(channel)",
            path: "/channels/\(channel)/messages/\(message)")
    }

    public static func triggerTyping(in channel: Snowflake) -> Route {
        Route(.post, "/channels/{channel}/typing", major: "\(channel)", path: "/channels/\(channel)/typing")
    }

    public static func interactionCallback(_ interaction: Snowflake, _ token: Secret) -> Route {
        let segment = escaped(token.value)
        return Route(
            .post, "/interactions/{interaction}/{token}/callback", major: "\(interaction)/\(segment)",
            path: "/interactions/\(interaction)/\(segment)/callback", isInteraction: true)
    }

    public static func editOriginalResponse(of application: Snowflake, _ token: Secret) -> Route {
        let segment = escaped(token.value)
        return Route(
            .patch, "/webhooks/{application}/{token}/messages/@original", major: "\(application)/\(segment)",
            path: "/webhooks/\(application)/\(segment)/messages/@original", isInteraction: true)
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
