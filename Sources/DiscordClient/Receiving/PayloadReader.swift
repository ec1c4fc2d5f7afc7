import CSimdjson
import Discord

/// Turns websocket messages into payloads: unpacks and scans them in memory that it uses again and again.
///
/// One serves all connections of a loop: a message is read from its first to its last byte before the next one comes. It lives on that
/// loop's thread.
final class PayloadReader {
    enum Reading {
        case payload(ScannedPayload)
        case malformed
    }

    private let buffer = PayloadBuffer()
    private var scanner: OpaquePointer?
    private let scan: UnsafeMutablePointer<isitdown_payload>
    /// simdjson keeps memory for the largest payload it has met: several times its size.
    private static let keptBytes = 256 << 10

    init() {
        scanner = isitdown_scanner_create()
        scan = .allocate(capacity: 1)
        scan.initialize(to: isitdown_payload())
    }

    deinit {
        isitdown_scanner_destroy(scanner)
        scan.deallocate()
    }

    /// Reads a websocket message. Several payloads may stand in one; a part of a payload is kept by the inflater.
    ///
    /// - Parameters:
    ///   - inflater: the connection's; nil where messages come as they are.
    ///   - take: is given each payload in order. It must not read.
    func read(
        _ message: UnsafeRawBufferPointer,
        through inflater: Inflater?,
        _ take: (Reading) -> Void
    ) throws(Inflater.Failure) {
        defer { buffer.clear() }
        if let inflater {
            guard try inflater.inflate(message, into: buffer) else { return }
        } else if !buffer.append(message) {
            throw .tooLarge
        }
        scanAll(take)
    }

    private func scanAll(_ take: (Reading) -> Void) {
        let contents = buffer.contents
        var rest = contents[...]
        repeat {
            let bytes = UnsafeBufferPointer(rebasing: rest)
            guard let start = bytes.baseAddress, isitdown_scan(scanner, start, bytes.count, scan) else {
                take(.malformed)
                break
            }
            take(.payload(ScannedPayload(scan, by: scanner, of: UnsafeBufferPointer(start: start, count: scan.pointee.length))))
            rest = rest.dropFirst(scan.pointee.length)
        } while !rest.isEmpty
        if contents.count > Self.keptBytes {
            isitdown_scanner_destroy(scanner)
            scanner = isitdown_scanner_create()
        }
    }
}
