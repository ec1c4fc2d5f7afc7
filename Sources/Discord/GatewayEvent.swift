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
}
