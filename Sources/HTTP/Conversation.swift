/// A short exchange over a bare connection: something is said, if anything, and the answer is read until it has what was hoped for.
public struct Conversation: Hashable, Sendable {
    /// No answer is read beyond it, in bytes.
    public static let longestAnswer = 16 << 10

    /// Said first; empty lets the server speak first.
    public var send: [UInt8]
    /// The answer is read until these bytes stand in it; never empty.
    public var until: [UInt8]

    public init(send: [UInt8] = [], until: [UInt8]) {
        precondition(!until.isEmpty, "a conversation ends with something")
        self.send = send
        self.until = until
    }

    /// Whether nothing more need be read.
    func isOver(_ answer: [UInt8]) -> Bool {
        answer.count >= Conversation.longestAnswer || answer.contains(until)
    }
}
