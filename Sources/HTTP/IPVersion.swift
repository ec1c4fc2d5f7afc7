/// Which addresses of a name are dialled.
public enum IPVersion: String, Sendable, CaseIterable {
    /// Both families, the better one first, the other shortly after (happy eyeballs).
    case any
    /// A records only.
    case v4
    /// AAAA records only.
    case v6
}
