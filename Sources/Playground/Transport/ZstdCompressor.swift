import CZstd
import Foundation

/// `zstd-stream`: one frame that never ends, a flush after every payload, with the header that Discord's has: a window of 256 KiB,
/// no checksum, no content size.
final class ZstdCompressor: StreamCompressor {
    private static let windowLog: Int32 = 18

    /// This object owns it, and one writer owns this object.
    private let context: OpaquePointer

    init() {
        guard let context = ZSTD_createCCtx() else { preconditionFailure("zstd has no memory for a context") }
        self.context = context
        for (parameter, value) in [
            (ZSTD_c_windowLog, ZstdCompressor.windowLog), (ZSTD_c_checksumFlag, 0), (ZSTD_c_contentSizeFlag, 0),
        ] {
            let code = ZSTD_CCtx_setParameter(context, parameter, value)
            precondition(ZSTD_isError(code) == 0, "zstd does not know its own parameters")
        }
    }

    deinit { ZSTD_freeCCtx(context) }

    func flushed(_ bytes: [UInt8]) -> Data {
        var compressed = Data()
        var room = [UInt8](repeating: 0, count: ZSTD_CStreamOutSize())
        bytes.withUnsafeBytes { bytes in
            room.withUnsafeMutableBytes { room in
                var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
                var left = 0
                repeat {
                    var output = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
                    left = ZSTD_compressStream2(context, &output, &input, ZSTD_e_flush)
                    precondition(ZSTD_isError(left) == 0, "zstd cannot flush")
                    compressed.append(contentsOf: room.prefix(output.pos))
                } while left > 0 || input.pos < input.size
            }
        }
        return compressed
    }
}
