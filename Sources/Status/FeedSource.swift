/// Where a provider says how its service is.
public struct FeedSource: Hashable, Sendable {
    /// The format, as the catalogue writes it: `statuspage`.
    public var kind: String
    /// https only.
    public var url: String
    /// The parts of it that this service is, by name; all of it if there are none.
    public var components: [String]

    public init(kind: String, url: String, components: [String] = []) {
        self.kind = kind
        self.url = url
        self.components = components
    }

    /// What it is called in evidence: its host, and where another of the service's feeds has the same, its whole address.
    public func name(among feeds: [FeedSource]) -> String {
        let isAlone = feeds.count { $0.host == host } < 2
        return isAlone ? host : String(address)
    }

    private var address: Substring { url.dropFirst("https://".count) }
    private var host: String { String(address.prefix { $0 != "/" }) }
}
