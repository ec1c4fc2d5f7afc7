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

    /// What it is called in evidence: its host.
    public var name: String {
        String(url.dropFirst("https://".count).prefix { $0 != "/" })
    }
}
