/// What a service has been like: rollups by minute, hour and day, and its changes. Of a bounded size, however long it goes on:
/// some 10 KB for one that is well, 130 KB for one that changes every minute.
///
/// Time is the wall clock's. Where that is set back, nothing is counted until it has caught up.
public struct History: Hashable, Sendable {
    /// A change of state.
    public struct Change: Hashable, Sendable {
        public var at: Timestamp
        public var state: Verdict.State
    }

    /// A time in which the service was down.
    public struct Outage: Hashable, Sendable {
        public var began: Timestamp
        /// nil while it lasts.
        public var ended: Timestamp?

        /// In milliseconds, until `now` if it lasts.
        public func length(until now: Timestamp) -> Int64 {
            max(0, (ended ?? now).milliseconds - began.milliseconds)
        }
    }

    /// How a span of time was spent, in milliseconds.
    public struct Uptime: Hashable, Sendable {
        public var up: Int64 = 0
        public var troubled: Int64 = 0
        public var down: Int64 = 0
        public var maintenance: Int64 = 0
        /// Nobody looked, or we were blind: neither up nor down.
        public var unknown: Int64 = 0

        /// The share of the time of which anything is known that it was not down; nil when nothing is known.
        public var share: Double? {
            let known = up + troubled + down + maintenance
            return known > 0 ? Double(known - down) / Double(known) : nil
        }
    }

    /// So many changes are kept.
    public static let mostChanges = 1_024
    private static let minute: Int64 = 60_000
    private static let hour: Int64 = 3_600_000
    private static let day: Int64 = 86_400_000

    private var minutes = RollupRing(length: Self.minute, count: 1_440)
    private var hours = RollupRing(length: Self.hour, count: 90 * 24)
    private var days = RollupRing(length: Self.day, count: 5 * 366)
    /// Oldest first.
    public private(set) var changes: [Change] = []
    /// When the record begins.
    public private(set) var since: Timestamp
    private var state = Verdict.State.unknown
    private var counted: Timestamp

    /// A record that begins now.
    public init(since: Timestamp) {
        self.since = since
        counted = since
    }

    /// The service has changed; the same state again is no change.
    public mutating func note(_ state: Verdict.State, at now: Timestamp) {
        count(upTo: now)
        guard state != self.state else { return }
        self.state = state
        changes.append(Change(at: max(now, changes.last?.at ?? now), state: state))
        if changes.count > Self.mostChanges { changes.removeFirst() }
    }

    /// Counts the time up to now.
    public mutating func count(upTo now: Timestamp) {
        guard now > counted else { return }
        minutes.add(state, from: counted.milliseconds, to: now.milliseconds)
        hours.add(state, from: counted.milliseconds, to: now.milliseconds)
        days.add(state, from: counted.milliseconds, to: now.milliseconds)
        counted = now
    }

    /// The outages that had not ended before `start`, oldest first. A blind time within one does not end it.
    public func outages(since start: Timestamp) -> [Outage] {
        var outages: [Outage] = []
        var current: Outage?
        for change in changes {
            switch change.state {
            case .down: current = current ?? Outage(began: change.at)
            case .unknown: break
            case .up, .degraded, .partial, .maintenance:
                if var over = current {
                    over.ended = change.at
                    outages.append(over)
                    current = nil
                }
            }
        }
        if let current { outages.append(current) }
        return outages.filter { $0.ended.map { $0 >= start } ?? true }
    }

    /// How the time from `start` to `end` was spent; to the minute within a day, to the hour within 90 days, else to the day.
    public func uptime(from start: Timestamp, to end: Timestamp) -> Uptime {
        let length = end.milliseconds - start.milliseconds
        guard length > 0 else { return Uptime() }
        let ring = length <= Self.day ? minutes : length <= 90 * Self.day ? hours : days
        var uptime = Uptime()
        for rollup in ring.spans(from: start.milliseconds, to: end.milliseconds) {
            uptime.up += Int64(rollup.up)
            uptime.troubled += Int64(rollup.troubled)
            uptime.down += Int64(rollup.down)
            uptime.maintenance += Int64(rollup.maintenance)
        }
        uptime.unknown = max(0, length - uptime.up - uptime.troubled - uptime.down - uptime.maintenance)
        return uptime
    }
}
