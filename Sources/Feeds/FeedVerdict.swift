public import Status

/// How a provider's feed says a service, or a part of it, is.
public enum FeedVerdict: String, Sendable, CaseIterable {
    case operational
    case maintenance
    case degraded
    case partialOutage = "partial_outage"
    case majorOutage = "major_outage"
    /// The feed cannot be read, or uses words that we do not know.
    case unknown

    /// How bad it is; what is unknown is not ranked.
    var severity: Int {
        switch self {
        case .unknown, .operational: 0
        case .maintenance: 1
        case .degraded: 2
        case .partialOutage: 3
        case .majorOutage: 4
        }
    }

    /// The same in the words of the evidence journal.
    public var word: OfficialWord {
        switch self {
        case .operational: .none
        case .maintenance: .maintenance
        case .degraded: .minor
        case .partialOutage: .major
        case .majorOutage: .critical
        case .unknown: .unknown
        }
    }
}

extension Sequence<FeedVerdict> {
    /// The worst of several. What is unknown counts only where nothing is known to be wrong: it must not look green, nor hide what is red.
    var worst: FeedVerdict? {
        var worst: FeedVerdict?
        var hasUnknown = false
        for verdict in self {
            if verdict == .unknown { hasUnknown = true }
            if worst.map({ $0.severity < verdict.severity || $0 == .unknown }) ?? true { worst = verdict }
        }
        return hasUnknown && worst == .operational ? .unknown : worst
    }
}
