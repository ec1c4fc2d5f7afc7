/// How the gateway packs what it sends: one stream for the life of a connection. What a client sends is never packed.
public enum TransportCompression: String, CaseIterable, Hashable, Sendable {
    case zstdStream = "zstd-stream"
    case zlibStream = "zlib-stream"
    case none

    /// What to ask for when this kind fails.
    var fallback: TransportCompression {
        switch self {
        case .zstdStream: .zlibStream
        case .zlibStream, .none: .none
        }
    }
}
