import CZlib
import Foundation

/// `zlib-stream`: one deflate stream, a Z_SYNC_FLUSH after every payload, so that each ends with 00 00 FF FF.
final class ZlibCompressor: StreamCompressor {
    /// On the heap: zlib's state points back at its stream. This object owns it, and one writer owns this object.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    init() {
        stream.initialize(to: z_stream())
        let code = isitdown_deflate_init(stream, Z_DEFAULT_COMPRESSION)
        precondition(code == Z_OK, "zlib has no memory for a stream")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    func flushed(_ bytes: [UInt8]) -> Data {
        var compressed = Data()
        var input = bytes
        var room = [UInt8](repeating: 0, count: 16_384)
        input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            room.withUnsafeMutableBufferPointer { room in
                repeat {
                    stream.pointee.next_out = room.baseAddress
                    stream.pointee.avail_out = UInt32(room.count)
                    deflate(stream, Z_SYNC_FLUSH)
                    compressed.append(contentsOf: room.prefix(room.count - Int(stream.pointee.avail_out)))
                } while stream.pointee.avail_out == 0
            }
        }
        return compressed
    }
}
