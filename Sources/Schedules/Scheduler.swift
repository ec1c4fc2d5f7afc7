import HeapModule

/// What is due next, of any number of schedules: a machine that is asked when its deadline has come.
///
/// All moments are in whole seconds since 1970, by the wall clock: people mean what their clocks show, and a computer that slept has
/// missed what came meanwhile. Of each schedule only the latest of what was missed is due, once, and is called late.
public struct Scheduler<ID: Hashable & Sendable>: Sendable {
    /// Something that is to be done now.
    public struct Due: Equatable, Sendable {
        public let id: ID
        /// The moment for which it was meant.
        public let at: Int
        /// Whether that was more than a minute ago.
        public let isLate: Bool
    }

    private struct Entry {
        let expression: CronExpression
        let zone: Zone
        var next: Int
        /// Tells its place in the heap from those of earlier schedules of the same name.
        var generation: UInt64
    }

    /// A place in the order of what is due. One whose entry is gone, or has another generation, is passed over.
    private struct Place: Comparable {
        let next: Int
        let generation: UInt64
        let id: ID

        static func < (left: Self, right: Self) -> Bool {
            (left.next, left.generation) < (right.next, right.generation)
        }

        static func == (left: Self, right: Self) -> Bool { left.generation == right.generation }
    }

    /// Later than this is late.
    static var tolerance: Int { 60 }

    private var entries: [ID: Entry] = [:]
    private var heap = Heap<Place>()
    private var generation: UInt64 = 0

    public init() {}

    public var count: Int { entries.count }

    /// Sets a schedule, in place of any before it.
    ///
    /// - Parameter last: it was done for this moment, or set then: what came since is due.
    /// - Returns: false for what never comes, which is not kept.
    @discardableResult
    public mutating func set(_ id: ID, _ expression: CronExpression, in zone: Zone, after last: Int) -> Bool {
        remove(id)
        guard let next = expression.next(after: last, in: zone) else { return false }
        generation += 1
        entries[id] = Entry(expression: expression, zone: zone, next: next, generation: generation)
        heap.insert(Place(next: next, generation: generation, id: id))
        tidy()
        return true
    }

    public mutating func remove(_ id: ID) {
        guard entries.removeValue(forKey: id) != nil else { return }
        defer { tidy() }
        // Places of what is gone are dropped when they come up; many of them at once before that.
        if heap.count > 2 * entries.count + 64 {
            heap = Heap(entries.map { Place(next: $1.next, generation: $1.generation, id: $0) })
        }
    }

    /// When something is due next; nil for never.
    public var deadline: Int? { heap.min?.next }

    /// Drops the places of what is gone from the top, so that the first one holds.
    private mutating func tidy() {
        while let place = heap.min, entries[place.id]?.generation != place.generation { heap.removeMin() }
    }

    /// What is due by now, the earliest first; each then waits for its next moment.
    public mutating func due(at now: Int) -> [Due] {
        var due: [Due] = []
        while let deadline, deadline <= now, let place = heap.popMin(), var entry = entries[place.id] {
            let at = entry.expression.latest(from: entry.next, through: now, in: entry.zone)
            due.append(Due(id: place.id, at: at, isLate: now - at > Self.tolerance))
            guard let next = entry.expression.next(after: now, in: entry.zone) else {
                entries[place.id] = nil
                tidy()
                continue
            }
            generation += 1
            (entry.next, entry.generation) = (next, generation)
            entries[place.id] = entry
            heap.insert(Place(next: next, generation: generation, id: place.id))
            tidy()
        }
        return due.sorted { $0.at < $1.at }
    }
}

extension CronExpression {
    /// The latest moment at which it was due, from one at which it was on.
    ///
    /// Looks back in growing steps, so that what comes every minute is not counted through a year.
    func latest(from first: Int, through now: Int, in zone: Zone) -> Int {
        for span in [3_600, 86_400, 32 * 86_400, 367 * 86_400] where now - span > first {
            if let found = last(from: now - span, through: now, in: zone) { return found }
        }
        return last(from: first - 1, through: now, in: zone) ?? first
    }

    private func last(from start: Int, through now: Int, in zone: Zone) -> Int? {
        var found: Int?
        var moment = start
        while let next = next(after: moment, in: zone), next <= now { (found, moment) = (next, next) }
        return found
    }
}
