/// Joins the pieces that the library hands over into messages.
///
/// A message may come in several frames, and a frame in several pieces. The bound holds for the joined message, and is checked
/// against what the frame's header has announced, before it has come.
struct MessageAssembler {
    enum Outcome: Equatable {
        /// More pieces are due.
        case incomplete
        /// The piece is a message by itself, and was not copied.
        case whole
        /// The piece was the last of the message that `takeMessage` holds.
        case joined
        /// The message is, or will be, over the bound.
        case tooLarge
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
    mutating func append(_ piece: UnsafeRawBufferPointer, remaining: Int, isLast: Bool) -> Outcome {
        let room = limit - joined.count
        guard piece.count <= room, remaining <= room - piece.count else {
            joined = []
            return .tooLarge
        }
        if isLast, joined.isEmpty { return .whole }
        joined += piece
        return isLast ? .joined : .incomplete
    }

    /// The message that has been joined; the next one begins empty.
    mutating func takeMessage() -> [UInt8] {
        defer { joined = [] }
        return joined
    }
}
