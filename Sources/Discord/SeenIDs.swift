/// The newest identifiers of a kind: any event may come twice, also over a resume, a new session or a restart.
public struct SeenIDs: Sendable {
    /// How many are remembered; beyond it the one that came first is forgotten.
    public let capacity: Int
    private var known: Set<Snowflake> = []
    /// A ring, once it is full.
    private var order: [Snowflake] = []
    private var next = 0

    public init(capacity: Int = 8_192) {
        precondition(capacity > 0, "a memory of nothing remembers nothing")
        self.capacity = capacity
    }

    /// Remembers an identifier; false when it was known.
    public mutating func insert(_ id: Snowflake) -> Bool {
        guard known.insert(id).inserted else { return false }
        if order.count < capacity {
            order.append(id)
        } else {
            known.remove(order[next])
            order[next] = id
            next = (next + 1) % capacity
        }
        return true
    }

    /// Those that are remembered, the newest `count` of them, oldest first.
    public func newest(_ count: Int) -> [Snowflake] {
        Array((order[next...] + order[..<next]).suffix(count))
    }
}
