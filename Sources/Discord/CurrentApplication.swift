/// The answer to `GET /applications/@me`.
public struct CurrentApplication: Equatable, Sendable {
    public let id: Snowflake
    public let flags: Int
    /// When set, Discord sends interactions there and none over the gateway.
    public let interactionsEndpoint: String?

    /// Whether the developer portal lets this application read message content: bit 18 granted, bit 19 granted within limits.
    public var isMessageContentGranted: Bool {
        flags & (1 << 18 | 1 << 19) != 0
    }

    public init(id: Snowflake, flags: Int, interactionsEndpoint: String?) {
        self.id = id
        self.flags = flags
        self.interactionsEndpoint = interactionsEndpoint
    }

    public init?(decoding body: [UInt8]) {
        guard let answer = JSON.value(Answer.self, in: body) else { return nil }
        self.init(id: answer.id, flags: answer.flags ?? 0, interactionsEndpoint: answer.interactions_endpoint_url)
    }

    private struct Answer: Decodable {
        let id: Snowflake
        let flags: Int?
        let interactions_endpoint_url: String?
    }
}

extension Message {
    /// The message in an answer to creating or editing one; nil when the body holds none.
    public init?(decoding body: [UInt8]) {
        guard let message = JSON.value(Message.self, in: body) else { return nil }
        self = message
    }
}

extension Message.Author {
    /// The answer to `GET /users/@me`.
    public init?(decoding body: [UInt8]) {
        guard let author = JSON.value(Message.Author.self, in: body) else { return nil }
        self = author
    }
}

/// The answer to opening a conversation with one person.
public struct DirectChannel: Equatable, Sendable {
    public let id: Snowflake

    public init?(decoding body: [UInt8]) {
        guard let channel = JSON.value(Identified.self, in: body) else { return nil }
        id = channel.id
    }
}
