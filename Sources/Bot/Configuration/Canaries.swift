import Status

/// What shows whether we are online ourselves: unrelated targets that only our own network can take away all at once.
enum Canaries {
    /// For those who name none: large, neutral and unrelated operators; two of them reached without a resolver, two through nothing
    /// but one. If only the resolver is gone, most of them fail, as they should: nothing can be judged without it.
    static let usual: [Target] = [
        Target(kind: .tcp, host: "1.1.1.1", port: 53),  // Cloudflare
        Target(kind: .tcp, host: "9.9.9.9", port: 53),  // Quad9
        Target(kind: .dns, host: "www.iana.org", port: 0),
        Target(kind: .dns, host: "www.debian.org", port: 0),
        Target(kind: .tls, host: "www.google.com", port: 443),
        Target(kind: .tls, host: "www.apple.com", port: 443),
        Target(kind: .tls, host: "www.microsoft.com", port: 443),
        Target(kind: .tls, host: "www.wikipedia.org", port: 443),
    ]

    /// Fewer hosts cannot tell our own network's fault from theirs.
    static let fewestHosts = 5

    /// Reads targets parted by commas; nil when one is malformed or they are on too few hosts.
    static func read(_ text: String) -> [Target]? {
        let written = text.split(separator: ",").map { $0.drop(while: \.isWhitespace) }
        let targets = written.compactMap { try? Target(String($0)) }
        guard targets.count == written.count, Set(targets.map(\.host)).count >= fewestHosts else { return nil }
        return targets
    }
}
