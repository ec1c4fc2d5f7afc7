import DequeModule

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
///
/// Most spans are spent in one state from end to end: of those only the state is kept, in a byte.
struct RollupRing: Hashable, Sendable {
    /// What is kept of one span: 0 for nothing known, a state's number plus one for a whole span in it, `mixed` for more than that.
    private typealias Code = UInt8
    private static let mixed = Code.max

    struct Mixture: Hashable, Sendable {
        var span: Int32
        var rollup: Rollup
    }

    /// The length of a span, in milliseconds; at most a day and at least a second.
    let length: Int64
    private let count: Int
    private var codes: [Code] = []
    /// Oldest first.
    private var mixtures = Deque<Mixture>()
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
        let first = max(start / length, oldest(before: last))
        guard first <= last, state != .unknown else { return }
        for span in first...last {
            let from = max(start, span * length)
            let to = min(end, (span + 1) * length)
            var rollup = self[span]
            rollup.add(state, milliseconds: to - from)
            self[span] = rollup
        }
    }

    /// How many spans are kept, and how many of them are mixtures.
    var kept: Int { codes.count }
    var mixed: Int { mixtures.count }

    private func oldest(before last: Int64) -> Int64 {
        max(first, (newest ?? last) - Int64(count) + 1)
    }

    private mutating func makeRoom(from start: Int64, upTo span: Int64) {
        guard let known = newest, span - known < Int64(count) else {
            // Nothing is known, or nothing that reaches into what is kept.
            first = max(start, span - Int64(count) + 1)
            newest = span
            codes = [Code](repeating: 0, count: Int(span - first + 1))
            mixtures = []
            return
        }
        guard span > known else { return }
        newest = span
        while let oldest = mixtures.first, Int64(oldest.span) <= span - Int64(count) { mixtures.removeFirst() }
        for new in (known + 1)...span {
            if codes.count < count { codes.append(0) } else { codes[place(new)] = 0 }
        }
    }

    private func place(_ span: Int64) -> Int {
        Int((span - first) % Int64(count))
    }

    /// The rollup of a span that is kept.
    private subscript(span: Int64) -> Rollup {
        get {
            let code = codes[place(span)]
            if code == Self.mixed {
                let place = placeOfMixture(span)
                return mixtures.indices.contains(place) ? mixtures[place].rollup : Rollup()
            }
            var rollup = Rollup()
            if code > 0 { rollup.add(Verdict.State.allCases[Int(code) - 1], milliseconds: length) }
            return rollup
        }
        set {
            let whole = Verdict.State.allCases.firstIndex { newValue.isWhole(in: $0, length) }
            let wasMixed = codes[place(span)] == Self.mixed
            codes[place(span)] = whole.map { Code($0 + 1) } ?? Self.mixed
            let place = placeOfMixture(span)
            switch (wasMixed, whole == nil) {
            case (true, true): mixtures[place].rollup = newValue
            case (false, true): mixtures.insert(Mixture(span: Int32(clamping: span), rollup: newValue), at: place)
            case (true, false): mixtures.remove(at: place)
            case (false, false): break
            }
        }
    }

    /// Where a span's mixture stands, or would.
    private func placeOfMixture(_ span: Int64) -> Int {
        var (low, high) = (0, mixtures.count)
        while low < high {
            let middle = (low + high) / 2
            if Int64(mixtures[middle].span) < span { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The rollups of the spans that end after `start` and begin before `end`, as far as they are kept.
    func spans(from start: Int64, to end: Int64) -> [Rollup] {
        guard let newest, end > start else { return [] }
        let first = max(start / length, oldest(before: newest))
        let last = min((end - 1) / length, newest)
        return first <= last ? (first...last).map { self[$0] } : []
    }
}

extension Rollup {
    /// Whether all of a span was spent in one state.
    fileprivate func isWhole(in state: Verdict.State, _ length: Int64) -> Bool {
        var whole = Rollup()
        whole.add(state, milliseconds: length)
        return state != .unknown && self == whole
    }
}
