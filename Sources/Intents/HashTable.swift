/// Values by hashes that are good already: looked up on the path of every word, where the standard dictionary would hash them again.
///
/// The place of a key is the first free one from that on to which its lowest bits point. At most a quarter is taken, so a search is short.
struct HashTable<Value: BitwiseCopyable & Sendable>: Sendable {
    private var keys: [UInt64]
    private var values: [Value]

    /// Marks a free place; a key that equals it is not kept. (FNV-1a gives it to one word in 2⁶⁴.)
    private static var free: UInt64 { 0 }

    init(_ entries: [UInt64: Value] = [:]) {
        var places = 16
        while places < entries.count * 4 { places *= 2 }
        keys = [UInt64](repeating: Self.free, count: places)
        values = []
        guard let filler = entries.first?.value else { return }
        values = [Value](repeating: filler, count: places)
        for (key, value) in entries where key != Self.free {
            var place = Int(truncatingIfNeeded: key) & (places - 1)
            while keys[place] != Self.free { place = (place + 1) & (places - 1) }
            keys[place] = key
            values[place] = value
        }
    }

    @inline(__always)
    subscript(key: UInt64) -> Value? {
        keys.withUnsafeBufferPointer { keys in
            let mask = keys.count - 1
            var place = Int(truncatingIfNeeded: key) & mask
            while keys[place] != Self.free {
                if keys[place] == key { return values[place] }
                place = (place + 1) & mask
            }
            return nil
        }
    }
}
