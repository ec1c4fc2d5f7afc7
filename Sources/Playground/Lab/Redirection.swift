/// Where a simulated host really is: who wants `host:port` must connect to `toHost:toPort`, with the real name in TLS and HTTP.
public struct Redirection: Hashable, Sendable {
    public let host: String
    public let port: Int
    public let toHost: String
    public let toPort: Int
}
