/// What is read of a feed at most. Beyond these it is `unknown`: no real one comes near.
public enum FeedLimits {
    /// Bytes of a body. AWS's and Google's are the largest, below half a megabyte.
    public static let bytes = 4 << 20
    /// Objects and lists within each other, and elements within each other.
    static let depth = 64
    /// Incidents, components or items; more are not looked at.
    static let records = 10_000
    /// Characters of a name or a title; longer ones are cut.
    static let text = 300
}
