/// Reads a feed's bytes as UTF-8, whatever they come in.
enum FeedText {
    /// The text without its byte order mark; what is no text becomes U+FFFD. nil for nothing and for too much.
    static func read(_ bytes: [UInt8]) -> String? {
        guard !bytes.isEmpty, bytes.count <= FeedLimits.bytes else { return nil }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes.dropFirst(2)) { UInt16($0) << 8 | UInt16($1) } }
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes.dropFirst(2)) { UInt16($1) << 8 | UInt16($0) } }
        // No mark, and every other byte of the first ASCII characters is zero.
        if bytes.count >= 4, bytes[0] == 0, bytes[2] == 0 { return utf16(bytes[...]) { UInt16($0) << 8 | UInt16($1) } }
        if bytes.count >= 4, bytes[1] == 0, bytes[3] == 0 { return utf16(bytes[...]) { UInt16($1) << 8 | UInt16($0) } }
        return String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
    }

    /// A name, a title or a word as it may be stored and shown: one line, cut to a sensible length, without what steers a terminal or turns
    /// the direction of writing.
    static func line(_ text: some StringProtocol) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.drop(while: \.properties.isWhitespace).prefix(FeedLimits.text) {
            switch scalar.value {
            case 0x202A...0x202E, 0x2066...0x2069: continue
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: line.append(" ")
            default: line.append(scalar)
            }
        }
        while line.last?.properties.isWhitespace ?? false { line.removeLast() }
        return String(line)
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, _ unit: (UInt8, UInt8) -> UInt16) -> String {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var place = bytes.startIndex
        while place + 1 < bytes.endIndex {
            units.append(unit(bytes[place], bytes[place + 1]))
            place += 2
        }
        return String(decoding: units, as: UTF16.self)
    }
}
