public import Status

extension ProbeResult {
    /// Whether the result says something about the target.
    ///
    /// A probe that failed in no phase never came to ask: it was cancelled, or the fault is on this side.
    public var isEvidence: Bool {
        outcome != .failed || phase != nil
    }
}
