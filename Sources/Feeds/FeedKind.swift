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
