import CSimdjson

/// Bytes of a payload, with the room behind them that simdjson reads into. Lives on one thread; its memory is used again and again.
final class PayloadBuffer {
    /// The largest payload, in bytes. A large guild's comes near ten million.
    static let limit = 32 << 20
    /// What is kept between payloads.
    private static let keptBytes = 256 << 10
    private static let padding = isitdown_scan_padding

    private(set) var count = 0
    private var capacity: Int
    private var bytes: UnsafeMutablePointer<UInt8>

    init() {
        capacity = 16 << 10
        bytes = .allocate(capacity: capacity + PayloadBuffer.padding)
    }

    deinit {
        bytes.deallocate()
    }

    var contents: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: count) }

    /// Where more may be written, and how much. `advance` counts it in.
    var free: UnsafeMutableBufferPointer<UInt8> { UnsafeMutableBufferPointer(start: bytes + count, count: capacity - count) }

    func advance(by written: Int) {
        precondition(written >= 0 && written <= capacity - count, "more was written than there was room for")
        count += written
    }

    /// Makes room for at least `wanted` more bytes; false where that is over the limit.
    func reserve(_ wanted: Int) -> Bool {
        guard capacity - count < wanted else { return true }
        guard wanted <= PayloadBuffer.limit - count else { return false }
        resize(to: min(PayloadBuffer.limit, max(count + wanted, capacity * 2)))
        return true
    }

    /// Adds bytes; false where that is over the limit.
    func append(_ more: UnsafeRawBufferPointer) -> Bool {
        guard reserve(more.count) else { return false }
        UnsafeMutableRawBufferPointer(free).copyMemory(from: more)
        count += more.count
        return true
    }

    /// Empties it. The memory of an unusually large payload goes.
    func clear() {
        count = 0
        if capacity > PayloadBuffer.keptBytes { resize(to: PayloadBuffer.keptBytes) }
    }

    private func resize(to capacity: Int) {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + PayloadBuffer.padding)
        larger.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = larger
        self.capacity = capacity
    }
}
