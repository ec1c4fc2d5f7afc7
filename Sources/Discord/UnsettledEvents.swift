/// The numbers of a session's events that were handed out and are not dealt with yet.
///
/// A later process resumes before the oldest of them, so that what this one could not finish is brought again.
struct UnsettledEvents: Equatable, Sendable {
    /// More than are ever answered at once; what exceeds it counts as dealt with.
    static let capacity = 8_192

    /// Rising.
    private var sequences: [Int] = []

    /// The oldest; nil when all is dealt with.
    var oldest: Int? { sequences.first }

    /// Takes a number that is higher than those before it.
    mutating func add(_ sequence: Int) {
        guard sequences.count < Self.capacity else { return }
        sequences.append(sequence)
    }

    /// Whether the number was among them.
    mutating func settle(_ sequence: Int) -> Bool {
        guard let place = sequences.firstIndex(of: sequence) else { return false }
        sequences.remove(at: place)
        return true
    }
}
