/// Up to 64 bytes of a text, a bit for each: eight bytes are sorted at once, by arithmetic inside a word of the machine's.
struct GlanceBlock {
    /// ASCII's letters and digits.
    private(set) var letters: UInt64 = 0
    /// What is not ASCII.
    private(set) var foreign: UInt64 = 0

    static let size = 64

    init(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
        let end = min(start &+ Self.size, text.count)
        var place = start
        var shift: UInt64 = 0
        while place < end {
            sort(Self.eight(text, from: place), shift)
            place &+= 8
            shift &+= 8
        }
    }

    /// Eight bytes, the first in the lowest place; zeros behind the end.
    private static func eight(_ text: UnsafeBufferPointer<UInt8>, from place: Int) -> UInt64 {
        let bytes = UnsafeRawBufferPointer(text)
        let rest = bytes.count &- place
        if rest >= 8 { return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) }
        if bytes.count >= 8 {
            let last = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: bytes.count &- 8, as: UInt64.self))
            return last &>> UInt64(truncatingIfNeeded: (8 &- rest) &* 8)
        }
        return bytes[place...].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func sort(_ eight: UInt64, _ shift: UInt64) {
        let low = eight & Self.all(0x7F)
        let small = low | Self.all(0x20)
        // A sum reaches the highest bit of its byte from the named character on.
        let letter =
            (small &+ Self.all(0x80 - UInt64(UInt8(ascii: "a")))) & ~(small &+ Self.all(0x7F - UInt64(UInt8(ascii: "z"))))
        let digit = (low &+ Self.all(0x80 - UInt64(UInt8(ascii: "0")))) & ~(low &+ Self.all(0x7F - UInt64(UInt8(ascii: "9"))))
        letters |= Self.highestBits(of: (letter | digit) & ~eight) &<< shift
        foreign |= Self.highestBits(of: eight) &<< shift
    }

    /// The same byte eight times.
    private static func all(_ byte: UInt64) -> UInt64 {
        0x0101_0101_0101_0101 &* byte
    }

    /// The highest bits of eight bytes, side by side.
    private static func highestBits(of eight: UInt64) -> UInt64 {
        ((eight & all(0x80)) &>> 7 &* 0x0102_0408_1020_4080) &>> 56
    }
}
