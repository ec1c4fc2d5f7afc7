/// How a simulated service behaves.
public enum LabState: String, Sendable, CaseIterable {
    /// It answers.
    case up
    /// It accepts connections and answers after about four seconds.
    case slow
    /// It refuses connections.
    case down
    /// It answers that it will not: 403 over HTTP. A bare TLS or TCP host shakes hands and hangs up at the first words.
    case blocked
}
