/// What the bot can explain. Each is a file of that name in `Responses/<language>/explain`.
public enum ExplainTopic: String, Sendable, CaseIterable {
    /// How an app like Kik gets a message from one phone to another.
    case messengers
    /// What a server is and what it means that one is down.
    case outage
    /// What a bug is.
    case bugs
    /// Why an app breaks after an update.
    case updates
    /// The usual causes of trouble.
    case causes
    /// Why only the official stores.
    case thirdPartyApps = "third-party-apps"
    /// What “clear cache” and “clear storage” each erase.
    case cacheAndStorage = "cache-and-storage"
    /// What a reset, a log-out and a reinstallation cost.
    case losses
    /// Why pages that report outages disagree.
    case trackers
    /// The way through all of it in five steps.
    case checklist
}
