import Timing

/// Which sequence a heartbeat may name: the last one that the client has, where the newest events may still be under way.
struct SentSequences: Sendable {
    /// How long an event may take to arrive; generous, because a busy machine must not look like a faulty client.
    static let transit = Duration.seconds(5)

    /// The newest that must have arrived; nil before the first event.
    private var settled: Int64?
    private var underWay: [(sequence: Int64, at: Instant)] = []

    /// - Parameter resumed: what a RESUME said was the last.
    init(resumed: Int64? = nil) {
        settled = resumed
    }

    mutating func sent(_ sequence: Int64, at now: Instant) {
        let arrived = arrived(at: now)
        settled = arrived.last?.sequence ?? settled
        underWay.removeFirst(arrived.count)
        underWay.append((sequence, now))
    }

    func accepts(_ sequence: Int64?, at now: Instant) -> Bool {
        let arrived = arrived(at: now)
        let newest = arrived.last?.sequence ?? settled
        guard let sequence else { return newest == nil }
        return sequence == newest || underWay.dropFirst(arrived.count).contains { $0.sequence == sequence }
    }

    private func arrived(at now: Instant) -> ArraySlice<(sequence: Int64, at: Instant)> {
        underWay.prefix { $0.at.duration(to: now) >= SentSequences.transit }
    }
}
