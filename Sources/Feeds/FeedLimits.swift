/// What is read of a feed at most. Beyond these it is `unknown`: no real one comes near.
public enum FeedLimits {
    /// Bytes of a body. AWS's and Google's are the largest, below half a megabyte; others who read both stop at these 4 MiB, too.
    public static let bytes = 4 << 20
    /// Objects and lists within each other, and elements within each other.
    static let depth = 64
    /// Objects and lists in a body. 4 MiB of the shortest rows that a feed has (Better Stack's days, 90 bytes) are half as many.
    static let values = 100_000
    /// Incidents, components and maintenances in a report, each. All rows count for the verdict, also those that are not listed.
    static let records = 10_000
    /// Unicode scalars of a name, a title, an id or a word; longer ones are cut. Characters would be no bound: one can have a million accents.
    static let text = 300
}
