public import Timing

extension RateLimiter {
    /// How things are.
    public func health(at now: Instant) -> RESTHealth {
        // Minutes pass also while nobody asks for anything.
        var refusals = refusals
        return RESTHealth(
            isTokenRejected: isTokenRejected, isShutOut: circuit.isOpen(at: now) || circuit.isTrying, waiting: queueDepth,
            invalidRequests: refusals.count(at: now))
    }
}
