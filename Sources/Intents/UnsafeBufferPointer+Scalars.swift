extension UnsafeBufferPointer<UInt8> {
    /// The scalar at `position`, which moves behind it; U+FFFD for a byte that belongs to none.
    func scalar(at position: inout Int) -> Unicode.Scalar {
        let first = self[position]
        position += 1
        let more: Int
        switch first {
        case ..<0x80: return Unicode.Scalar(first)
        case 0xC2...0xDF: more = 1
        case 0xE0...0xEF: more = 2
        case 0xF0...0xF4: more = 3
        default: return "\u{FFFD}"
        }
        guard position + more <= count else { return "\u{FFFD}" }
        var value = UInt32(first) & (0x3F >> UInt32(more))
        for place in position..<(position + more) {
            guard self[place] & 0xC0 == 0x80 else { return "\u{FFFD}" }
            value = value << 6 | UInt32(self[place] & 0x3F)
        }
        position += more
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}
