/// What came of a look at a page that somebody named.
public enum PageLook: Hashable, Sendable {
    /// The page's own answer, or that there was none, twice.
    case looked(ProbeResult)
    /// It did not answer, and most of what has nothing to do with it did not either.
    case blind
    /// Somebody has asked too often; not before so long.
    case wait(Duration, for: AdHocQuota.Level)
    /// We do not look there.
    case refused(AdHocRefusal)
}
