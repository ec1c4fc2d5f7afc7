/// The nonces of late: what was sent with one is not sent again for a while.
struct Nonces: Sendable {
    static let bound = 10_000
    /// Discord's “few minutes”, in milliseconds.
    static let life: Int64 = 180_000

    struct Key: Hashable, Sendable {
        let author: Snowflake
        let nonce: JSON
    }

    private var entries: [Key: (message: Snowflake, at: Int64)] = [:]
    private var order: [(key: Key, at: Int64)] = []

    /// The message that an enforced nonce already made.
    func message(for key: Key, at now: Int64) -> Snowflake? {
        entries[key].flatMap { now - $0.at < Nonces.life ? $0.message : nil }
    }

    mutating func remember(_ key: Key, for message: Snowflake, at now: Int64) {
        entries[key] = (message, now)
        order.append((key, now))
        guard order.count > Nonces.bound else { return }
        let oldest = order.removeFirst()
        // It may have been used again since.
        if entries[oldest.key]?.at == oldest.at { entries[oldest.key] = nil }
    }
}
