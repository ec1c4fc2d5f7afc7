import CZlib
import CZstd
import Discord

/// Unpacks what one connection brings. A connection has one stream from its first byte to its last, so each needs its own.
///
/// Lives on the sockets' thread.
final class Inflater {
    /// Why a stream cannot be read on.
    enum Failure: Error {
        case corrupt
        /// The payload is over `PayloadBuffer.limit`: a large guild's is not, so it is a bomb.
        case tooLarge
    }

    private enum Stream {
        case zlib(ZlibStream)
        case zstd(ZstdStream)
    }

    private let stream: Stream
    /// Of a payload that is not whole yet.
    private var begun: [UInt8] = []

    /// Nil for `none`, which needs none.
    init?(_ compression: TransportCompression) {
        switch compression {
        case .zlibStream: stream = .zlib(ZlibStream())
        case .zstdStream: stream = .zstd(ZstdStream())
        case .none: return nil
        }
    }

    /// Unpacks one websocket message into the empty `buffer`.
    ///
    /// - Returns: whether `buffer` now holds whole payloads. If not, it holds nothing, and the next message goes on.
    func inflate(_ message: UnsafeRawBufferPointer, into buffer: PayloadBuffer) throws(Failure) -> Bool {
        if !begun.isEmpty {
            let fits = begun.withUnsafeBytes { buffer.append($0) }
            begun = []
            guard fits else { throw .tooLarge }
        }
        let isWhole =
            switch stream {
            case .zlib(let stream): try stream.inflate(message, into: buffer)
            case .zstd(let stream): try stream.inflate(message, into: buffer)
            }
        if !isWhole {
            begun = Array(buffer.contents)
            buffer.clear()
        }
        return isWhole
    }
}

/// A zlib stream in which each payload ends with a flush, whose mark is `00 00 FF FF` (zlib manual, `Z_SYNC_FLUSH`).
private final class ZlibStream {
    private static let flushMark: UInt32 = 0x0000_FFFF
    /// Does not move: zlib's state points back to it.
    private let stream: UnsafeMutablePointer<z_stream>
    private let isUsable: Bool
    /// The last four bytes that came. The mark may be divided over two messages.
    private var tail: UInt32 = .max

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        isUsable = isitdown_inflate_init(stream) == Z_OK
        // The sum over all bytes is compared at the stream's end, which never comes.
        inflateValidate(stream, 0)
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func inflate(_ message: UnsafeRawBufferPointer, into buffer: PayloadBuffer) throws(Inflater.Failure) -> Bool {
        guard isUsable else { throw .corrupt }
        // zlib does not write to its input; its type predates `const`.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: message.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(clamping: message.count)
        repeat {
            guard buffer.reserve(1) else { throw .tooLarge }
            let free = buffer.free
            stream.pointee.next_out = free.baseAddress
            stream.pointee.avail_out = UInt32(clamping: free.count)
            let result = CZlib.inflate(stream, Z_SYNC_FLUSH)
            // Without progress there is no error yet; the stream's end is one, because it has none.
            guard result == Z_OK || result == Z_BUF_ERROR else { throw .corrupt }
            buffer.advance(by: free.count - Int(stream.pointee.avail_out))
        } while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0
        for byte in message.suffix(4) {
            tail = tail << 8 | UInt32(byte)
        }
        return tail == Self.flushMark
    }
}

/// A zstd frame that never ends, in which each message is flushed and holds whole payloads.
private final class ZstdStream {
    /// Discord's window has 256 KiB; a frame that asks for more than 8 MiB is not Discord's.
    private static let largestWindowLog: Int32 = 23
    private let context: OpaquePointer?

    init() {
        context = ZSTD_createDCtx()
        _ = ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.largestWindowLog)
    }

    deinit {
        ZSTD_freeDCtx(context)
    }

    func inflate(_ message: UnsafeRawBufferPointer, into buffer: PayloadBuffer) throws(Inflater.Failure) -> Bool {
        guard context != nil else { throw .corrupt }
        var input = ZSTD_inBuffer(src: message.baseAddress, size: message.count, pos: 0)
        while true {
            guard buffer.reserve(1) else { throw .tooLarge }
            let free = buffer.free
            var output = ZSTD_outBuffer(dst: free.baseAddress, size: free.count, pos: 0)
            guard ZSTD_isError(ZSTD_decompressStream(context, &output, &input)) == 0 else { throw .corrupt }
            buffer.advance(by: output.pos)
            // A full buffer may hide that there is more.
            if input.pos == input.size, output.pos < output.size { return true }
        }
    }
}
