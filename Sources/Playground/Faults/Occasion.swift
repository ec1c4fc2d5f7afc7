/// When a fault that waits strikes.
enum Occasion: String, Hashable, Sendable {
    /// A socket is open, and HELLO is due.
    case opening
    /// An IDENTIFY came in.
    case identifying
    /// A RESUME came in.
    case resuming
    /// READY or RESUMED has been sent.
    case ready
    /// A REST request came in; no name for people: REST faults have no other.
    case request

    static let names = ["now"] + [opening, identifying, resuming, ready].map(\.rawValue)
}
