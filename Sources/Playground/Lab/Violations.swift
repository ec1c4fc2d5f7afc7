/// What clients did that they should not, oldest first; the oldest is forgotten beyond the bound.
struct Violations: Sendable {
    static let bound = 1_000

    private var entries: [(at: Int64, place: String, what: String)] = []

    /// - Parameter milliseconds: since 1970.
    mutating func add(at milliseconds: Int64, place: String, what: String) {
        entries.append((milliseconds, place, what))
        if entries.count > Violations.bound { entries.removeFirst() }
    }

    mutating func clear() { entries = [] }

    var wire: JSON {
        .array(
            entries.map {
                ["at": .string(Timestamp.text(milliseconds: $0.at)), "where": .string($0.place), "what": .string($0.what)]
            })
    }
}
