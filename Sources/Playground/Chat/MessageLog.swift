/// What was said, oldest first; the oldest is forgotten beyond the bound.
struct MessageLog: Sendable {
    static let bound = 10_000

    /// Their ids rise.
    private(set) var messages: [Message] = []
    /// The latest message of each channel, which may be gone since.
    private(set) var latest: [Snowflake: Snowflake] = [:]

    mutating func append(_ message: Message) {
        messages.append(message)
        latest[message.channel] = message.id
        if messages.count > MessageLog.bound { messages.removeFirst(messages.count - MessageLog.bound) }
    }

    func message(_ id: Snowflake) -> Message? {
        index(of: id).map { messages[$0] }
    }

    /// Changes a message in place and returns it; nil when it is gone.
    mutating func edit(_ id: Snowflake, _ change: (inout Message) -> Void) -> Message? {
        guard let index = index(of: id) else { return nil }
        change(&messages[index])
        return messages[index]
    }

    /// Forgets a message and returns it; nil when it is gone.
    mutating func remove(_ id: Snowflake) -> Message? {
        index(of: id).map { messages.remove(at: $0) }
    }

    /// Ids rise, so half of what is left can be put aside at each step.
    private func index(of id: Snowflake) -> Int? {
        var range = messages.indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if messages[middle].id == id { return middle }
            range = messages[middle].id < id ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
