/// The transport compression of a gateway socket, spelled as the `compress` parameter spells it.
enum Compression: String, Hashable, Sendable {
    case uncompressed = "none"
    case zlib = "zlib-stream"
    case zstd = "zstd-stream"

    /// A context of its own for one connection; nil when payloads go out as they are.
    func makeCompressor() -> (any StreamCompressor)? {
        switch self {
        case .uncompressed: nil
        case .zlib: ZlibCompressor()
        case .zstd: ZstdCompressor()
        }
    }
}
