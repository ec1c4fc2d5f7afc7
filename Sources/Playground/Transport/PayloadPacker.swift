import FlyingFox
import Foundation

/// Turns gateway payloads into websocket frames.
struct PayloadPacker {
    var packing = Packing.plain
    /// How many more messages hold two payloads each.
    private(set) var pairs = 0
    private var held: [UInt8]?
    private let compression: Compression
    private let compressor: (any StreamCompressor)?

    init(compression: Compression) {
        self.compression = compression
        compressor = compression.makeCompressor()
    }

    /// The next payloads go out two at a time, `count` times; each first one waits for its second.
    mutating func pair(_ count: Int) { pairs += count }

    /// Everything goes out as it should again; what a pair held back comes first.
    mutating func straighten() -> [WSFrame] {
        packing = .plain
        pairs = 0
        defer { held = nil }
        return held.map { frames(for: $0) } ?? []
    }

    mutating func pack(_ payload: String) -> [WSFrame] {
        var bytes = Array(payload.utf8)
        if let first = held {
            held = nil
            pairs -= 1
            bytes = first + bytes
        } else if pairs > 0 {
            held = bytes
            return []
        }
        return frames(for: bytes)
    }

    /// A message that no client can read: the end of the compression context, or text that is no UTF-8.
    var garbage: [WSFrame] {
        switch compression {
        case .uncompressed: [PayloadPacker.frame(Data([0xFF, 0xFE, 0xFD]), .text)]
        // A stored block with a length that its complement contradicts, and a marker so that the client looks.
        case .zlib: [PayloadPacker.frame(Data([0x00, 0x01, 0x02, 0x03, 0x04, 0x00, 0x00, 0xFF, 0xFF]), .binary)]
        // Block type 3, which is reserved.
        case .zstd: [PayloadPacker.frame(Data([0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]), .binary)]
        }
    }

    private func frames(for bytes: [UInt8]) -> [WSFrame] {
        messages(for: bytes).flatMap { message in
            let opcode: WSFrame.Opcode = compression == .uncompressed ? .text : .binary
            return packing == .splitFrames ? PayloadPacker.split(message, opcode) : [PayloadPacker.frame(message, opcode)]
        }
    }

    private func messages(for bytes: [UInt8]) -> [Data] {
        guard let compressor else { return [Data(bytes)] }
        switch packing {
        case .plain, .splitFrames: return [compressor.flushed(bytes)]
        case .markerInside:
            let middle = bytes.count / 2
            return [compressor.flushed(Array(bytes[..<middle])) + compressor.flushed(Array(bytes[middle...]))]
        case .splitMessages:
            let whole = compressor.flushed(bytes)
            // A flush is never shorter than its marker.
            let inMarker = whole.count - 2
            let middle = inMarker / 2
            return [whole[..<middle], whole[middle..<inMarker], whole[inMarker...]].map { Data($0) }
        }
    }

    /// One byte, about half, and the rest: a first frame that says nothing is where clients go wrong.
    private static func split(_ message: Data, _ opcode: WSFrame.Opcode) -> [WSFrame] {
        let cuts = [0, min(1, message.count), max(1, message.count / 2), message.count]
        return zip(cuts, cuts.dropFirst()).enumerated().map { index, range in
            WSFrame(
                fin: index == 2, opcode: index == 0 ? opcode : .continuation, mask: nil,
                payload: Data(message[min(range.0, range.1)..<range.1]))
        }
    }

    private static func frame(_ payload: Data, _ opcode: WSFrame.Opcode) -> WSFrame {
        WSFrame(fin: true, opcode: opcode, mask: nil, payload: payload)
    }
}
