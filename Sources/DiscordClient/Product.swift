import Discord

/// What we call ourselves on the network.
public enum Product {
    public static let name = "isitdown"
    public static let version = "0.1.0"
    /// Discord requires this form: `DiscordBot (url, version)`; anything else may be blocked.
    static let userAgent = RESTRequest.userAgent(url: "https://isitdown.example", version: version)
}
