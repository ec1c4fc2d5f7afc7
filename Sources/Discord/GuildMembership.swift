/// One entry of the answer to `GET /users/@me/guilds`: what the bot may do on a server. Its name is not read.
public struct GuildMembership: Equatable, Sendable {
    public let permissions: Permissions

    public init(permissions: Permissions) {
        self.permissions = permissions
    }

    /// As many come at once; a bot on more servers would ask for the next page.
    public static let page = 200

    /// Nil when the body is no list of servers.
    public static func list(decoding body: [UInt8]) -> [GuildMembership]? {
        JSON.value([Entry].self, in: body)?.map {
            GuildMembership(permissions: Permissions(rawValue: $0.permissions.flatMap { UInt64($0) } ?? 0))
        }
    }

    private struct Entry: Decodable {
        let permissions: String?
    }
}

/// What a member may do on a server; a channel can still withhold it.
public struct Permissions: OptionSet, Hashable, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// May everything, whatever else is said.
    public static let administrator = Permissions(rawValue: 1 << 3)
    public static let viewChannel = Permissions(rawValue: 1 << 10)
    public static let sendMessages = Permissions(rawValue: 1 << 11)
    public static let readMessageHistory = Permissions(rawValue: 1 << 16)
    public static let sendMessagesInThreads = Permissions(rawValue: 1 << 38)

    /// What of `wanted` is not allowed.
    public func missing(of wanted: Permissions) -> Permissions {
        contains(.administrator) ? [] : wanted.subtracting(self)
    }
}
