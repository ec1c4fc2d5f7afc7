/// How long a service was in which state during one span of time, in milliseconds. What is missing to the span's length is unknown.
public struct Rollup: Hashable, Sendable {
    public private(set) var up: UInt32 = 0
    /// Degraded or partly down.
    public private(set) var troubled: UInt32 = 0
    public private(set) var down: UInt32 = 0
    public private(set) var maintenance: UInt32 = 0

    mutating func add(_ state: Verdict.State, milliseconds: Int64) {
        let more = UInt32(clamping: milliseconds)
        switch state {
        case .up: up = Self.sum(up, more)
        case .degraded, .partial: troubled = Self.sum(troubled, more)
        case .down: down = Self.sum(down, more)
        case .maintenance: maintenance = Self.sum(maintenance, more)
        case .unknown: break
        }
    }

    private static func sum(_ left: UInt32, _ right: UInt32) -> UInt32 {
        let (sum, isTooMuch) = left.addingReportingOverflow(right)
        return isTooMuch ? .max : sum
    }
}

/// The rollups of the newest spans of one length; older ones make room. It grows with the time that it covers, up to its size.
struct RollupRing: Hashable, Sendable {
    /// The length of a span, in milliseconds; at most a day.
    let length: Int64
    private let count: Int
    private var rollups: [Rollup] = []
    /// The numbers of the first span of all and of the newest one, since 1970.
    private var first: Int64 = 0
    private var newest: Int64?

    init(length: Int64, count: Int) {
        self.length = length
        self.count = count
    }

    /// Adds the time from `start` to `end`, in milliseconds since 1970. What is older than the ring reaches is let go.
    mutating func add(_ state: Verdict.State, from start: Int64, to end: Int64) {
        guard end > start else { return }
        let last = (end - 1) / length
        makeRoom(from: start / length, upTo: last)
        let first = max(start / length, self.first, (newest ?? last) - Int64(count) + 1)
        guard first <= last else { return }
        for span in first...last {
            let from = max(start, span * length)
            let to = min(end, (span + 1) * length)
            rollups[place(span)].add(state, milliseconds: to - from)
        }
    }

    private mutating func makeRoom(from start: Int64, upTo span: Int64) {
        guard let known = newest, span - known < Int64(count) else {
            // Nothing is known, or nothing that reaches into what is kept.
            first = max(start, span - Int64(count) + 1)
            newest = span
            rollups = [Rollup](repeating: Rollup(), count: Int(span - first + 1))
            return
        }
        guard span > known else { return }
        newest = span
        for new in (known + 1)...span {
            if rollups.count < count { rollups.append(Rollup()) } else { rollups[place(new)] = Rollup() }
        }
    }

    private func place(_ span: Int64) -> Int {
        Int((span - first) % Int64(count))
    }

    /// The rollups of the spans that end after `start` and begin before `end`, as far as they are kept.
    func spans(from start: Int64, to end: Int64) -> [Rollup] {
        guard let newest, end > start else { return [] }
        let first = max(start / length, self.first, newest - Int64(count) + 1)
        let last = min((end - 1) / length, newest)
        return first <= last ? (first...last).map { rollups[place($0)] } : []
    }
}
