/// A line of a request's or a response's head. Names compare without regard to case.
public struct HeaderField: Hashable, Sendable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension RESTRequest {
    /// What Discord asks of a client's `User-Agent`; anything else may be blocked.
    public static func userAgent(url: String, version: String) -> String {
        "DiscordBot (\(url), \(version))"
    }

    /// The head of this request. Interactions carry their own token and go without the bot's.
    public func headers(token: Secret, userAgent: String) -> [HeaderField] {
        var fields = [HeaderField("User-Agent", userAgent)]
        if !route.isInteraction {
            fields.append(HeaderField("Authorization", "Bot \(token.value)"))
        }
        if body != nil {
            fields.append(HeaderField("Content-Type", "application/json"))
        }
        return fields
    }
}
