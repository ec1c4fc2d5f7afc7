/// Joins the pieces that the library hands over into messages.
///
/// A message may come in several frames, and a frame in several pieces. The bound holds for the joined message, and is checked
/// against what the frame's header has announced, before it has come.
struct MessageAssembler {
    enum Outcome: Equatable {
        /// More pieces are due.
        case incomplete
        /// A message is whole: `text` or `binary`.
        case message(WebSocketEvent)
        /// The message is, or will be, over the bound.
        case tooLarge
        /// The text message is not UTF-8.
        case invalidText
    }

    /// The largest message, in bytes.
    let limit: Int
    private var joined: [UInt8] = []

    init(limit: Int) {
        precondition(limit > 0, "a socket that takes no bytes cannot receive messages")
        self.limit = limit
    }

    /// Takes the next piece.
    ///
    /// - Parameters:
    ///   - remaining: the bytes of the same frame that have yet to come.
    ///   - isLast: whether the piece ends the message.
    mutating func append(_ piece: UnsafeRawBufferPointer, remaining: Int, isLast: Bool, isBinary: Bool) -> Outcome {
        let room = limit - joined.count
        guard piece.count <= room, remaining <= room - piece.count else {
            joined = []
            return .tooLarge
        }
        joined += piece
        guard isLast else { return .incomplete }
        let message = joined
        joined = []
        if isBinary { return .message(.binary(message)) }
        return isUTF8(message) ? .message(.text(message)) : .invalidText
    }

    private func isUTF8(_ bytes: [UInt8]) -> Bool {
        (try? UTF8Span(validating: bytes.span)) != nil
    }
}
