/// An event of the gateway, decoded only where the bot acts on it. Any event may arrive never, once or several times.
public enum GatewayEvent: Equatable, Sendable {
    case ready(Ready)
    case resumed
    case messageCreated(Message)
    case interactionCreated(Interaction)
    case guildCreated(Snowflake)
    /// An event of no interest.
    case other(String)
    /// An event of interest whose content is not what Discord documents.
    case undecodable(String)

    /// Whether somebody may have to be answered, so that it counts as open until its receiver says that it is settled.
    public var wantsSettling: Bool {
        switch self {
        case .messageCreated, .interactionCreated: true
        case .ready, .resumed, .guildCreated, .other, .undecodable: false
        }
    }
}
