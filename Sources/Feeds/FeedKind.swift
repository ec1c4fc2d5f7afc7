/// The format of an official feed.
public enum FeedKind: String, Sendable, CaseIterable {
    /// Atlassian Statuspage v2: summary, status, components or incidents.
    case statuspage
    /// incident.io: the widget's summary, or one compatible with Statuspage.
    case incidentio
    case instatus
    case statusio
    case betterstack
    case slack
    /// Google's Workspace, Cloud, Play, Ads and Search.
    case google
    case apple
    case aws
    case azureRSS = "azure-rss"
    case azuredevops
    case meta
    case playstation
    case xbox
    case heroku
    case salesforce
    case cachet
    case cstate
    case uptimerobot
    case sorry
    /// One sentence on a page.
    case signal
    case rss
    case atom
}

extension FeedKind {
    /// The kind as people write it: `Statuspage`, `status.io`, `azure-devops`; also with the document's name behind it, as in
    /// `statuspage-incidents` and `aws-rss`.
    public init?(named name: String) {
        var parts = name.lowercased().split(separator: "-")
        while !parts.isEmpty {
            let plain = parts.joined().filter { $0.isLetter || $0.isNumber }
            if let kind = Self.allCases.first(where: { $0.rawValue.filter(\.isLetter) == plain }) {
                self = kind
                return
            }
            parts.removeLast()
        }
        return nil
    }

    /// The kind that an address is known for; nil for all others. A host is compared by whole labels: `notslack-status.com` is not Slack's.
    public init?(url: String) {
        guard let scheme = ["https://", "http://"].first(where: { url.lowercased().hasPrefix($0) }) else { return nil }
        let rest = url.dropFirst(scheme.count)
        let authority = rest.prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else { return nil }
        let host = authority.prefix { $0 != ":" }.lowercased()
        let path = rest.dropFirst(authority.count)
        let found = Self.addresses.first { address in
            (host == address.host || host.hasSuffix("." + address.host)) && path.hasPrefix(address.path)
        }
        guard let found else { return nil }
        self = found.kind
    }

    private static let addresses: [(host: String, path: String, kind: FeedKind)] = [
        ("statuspage.io", "", .statuspage), ("status.io", "", .statusio), ("status-api.hostedstatus.com", "", .statusio),
        ("slack-status.com", "", .slack), ("status.slack.com", "", .slack), ("google.com", "/appsstatus/", .google),
        ("status.cloud.google.com", "", .google), ("status.play.google.com", "", .google),
        ("status.search.google.com", "", .google), ("ads.google.com", "/status/", .google),
        ("apple.com", "/support/systemstatus/", .apple), ("health.aws.amazon.com", "", .aws),
        ("status.aws.amazon.com", "", .aws), ("azure.status.microsoft", "", .azureRSS),
        ("status.dev.azure.com", "", .azuredevops), ("metastatus.com", "", .meta), ("status.playstation.com", "", .playstation),
        ("xnotify.xboxlive.com", "", .xbox), ("status.heroku.com", "", .heroku), ("status.salesforce.com", "", .salesforce),
        ("stats.uptimerobot.com", "", .uptimerobot), ("sorryapp.com", "", .sorry), ("status.signal.org", "", .signal),
    ]
}
