/// How payloads are put into websocket messages; all but the first way are faults.
enum Packing: Hashable, Sendable {
    /// Each payload is one message in one frame.
    case plain
    /// Each message is spread over several frames.
    case splitFrames
    /// Each payload is spread over several messages, the last cut going through the marker. Only zlib can tell where it ends.
    case splitMessages
    /// The marker also stands in the middle of each message. Only zlib has it.
    case markerInside

    func isPossible(with compression: Compression) -> Bool {
        switch self {
        case .plain, .splitFrames: true
        case .splitMessages, .markerInside: compression == .zlib
        }
    }
}
