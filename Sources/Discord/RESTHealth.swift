/// How the traffic to Discord's HTTP interface is, for people and programs that look after the bot.
public struct RESTHealth: Equatable, Codable, Sendable {
    /// Discord refused the token: nothing is sent with it any more.
    public var isTokenRejected: Bool
    /// The network in front of Discord shuts this address out, and nothing is sent until it lets one request through.
    public var isShutOut: Bool
    /// Requests that wait for their turn.
    public var waiting: Int
    /// Requests that Discord refused within ten minutes; at ten thousand it bans the address.
    public var invalidRequests: Int

    public init(isTokenRejected: Bool = false, isShutOut: Bool = false, waiting: Int = 0, invalidRequests: Int = 0) {
        self.isTokenRejected = isTokenRejected
        self.isShutOut = isShutOut
        self.waiting = waiting
        self.invalidRequests = invalidRequests
    }

    private enum CodingKeys: String, CodingKey {
        case isTokenRejected = "token_rejected", isShutOut = "shut_out", waiting, invalidRequests = "invalid_requests"
    }
}
