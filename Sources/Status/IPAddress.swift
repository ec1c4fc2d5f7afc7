/// The bits of an IPv4 or IPv6 address.
public enum IPAddress: Hashable, Sendable {
    case v4(UInt32)
    case v6(UInt128)

    /// Reads the one usual notation of each family, and nil for everything else.
    ///
    /// IPv4 is four decimal numbers without leading zeros: C libraries read `0177.1` and `2130706433` as addresses too, and each
    /// reader differently. IPv6 is as RFC 4291, 2.2 has it, its last four bytes in dots or not, without brackets and without a zone.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(46))
        if bytes.contains(UInt8(ascii: ":")) {
            guard let bits = IPAddress.readV6(bytes[...]) else { return nil }
            self = .v6(bits)
        } else {
            guard let bits = IPAddress.readV4(bytes[...]) else { return nil }
            self = .v4(bits)
        }
    }

    private static func readV4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
            var number: UInt32 = 0
            for byte in part {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                number = number * 10 + UInt32(byte - UInt8(ascii: "0"))
            }
            guard number <= 255 else { return nil }
            bits = bits << 8 | number
        }
        return bits
    }

    private static func readV6(_ bytes: ArraySlice<UInt8>) -> UInt128? {
        let colon = UInt8(ascii: ":")
        guard let gap = bytes.indices.dropLast().first(where: { bytes[$0] == colon && bytes[$0 + 1] == colon }) else {
            let all = readGroups(bytes)
            return all?.count == 8 ? all?.bits : nil
        }
        guard let front = readGroups(bytes[..<gap]), let back = readGroups(bytes[(gap + 2)...]),
            front.endsInDots == false, front.count + back.count <= 7
        else { return nil }
        return (front.count == 0 ? 0 : front.bits << (128 - 16 * UInt128(front.count))) | back.bits
    }

    private struct Groups {
        var bits: UInt128 = 0
        var count = 0
        var endsInDots = false
    }

    /// Groups of 16 bits between colons, the last two of which may be an IPv4 address; at most eight.
    private static func readGroups(_ bytes: ArraySlice<UInt8>) -> Groups? {
        var groups = Groups()
        guard !bytes.isEmpty else { return groups }
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        for (place, part) in parts.enumerated() {
            if part.contains(UInt8(ascii: ".")) {
                guard place == parts.count - 1, let dotted = readV4(part) else { return nil }
                groups.bits = groups.bits << 32 | UInt128(dotted)
                groups.count += 2
                groups.endsInDots = true
            } else {
                guard (1...4).contains(part.count), part.allSatisfy(isHexDigit) else { return nil }
                guard let number = UInt16(String(decoding: part, as: UTF8.self), radix: 16) else { return nil }
                groups.bits = groups.bits << 16 | UInt128(number)
                groups.count += 1
            }
            guard groups.count <= 8 else { return nil }
        }
        return groups
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// The address as RFC 5952 writes it, without brackets; the last four bytes of an IPv6 address in hexadecimal, too.
    public var description: String {
        switch self {
        case .v4(let bits): [24, 16, 8, 0].map { "\(bits >> $0 & 0xFF)" }.joined(separator: ".")
        case .v6(let bits): IPAddress.shortened((0..<8).map { UInt16(truncatingIfNeeded: bits >> (112 - 16 * UInt128($0))) })
        }
    }

    /// The longest run of at least two zeros, the first of equals, becomes `::`.
    private static func shortened(_ groups: [UInt16]) -> String {
        var longest = 0..<0
        var start = 0
        for (place, group) in groups.enumerated() {
            if group != 0 { start = place + 1 } else if place + 1 - start > longest.count { longest = start..<place + 1 }
        }
        func text(_ part: some Sequence<UInt16>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
        guard longest.count > 1 else { return text(groups) }
        return "\(text(groups[..<longest.lowerBound]))::\(text(groups[longest.upperBound...]))"
    }
}
