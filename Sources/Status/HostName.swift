/// The host of a URL that a stranger wrote, judged.
enum HostName {
    /// The host in lower-case ASCII, or a public IPv4 address.
    ///
    /// An ending of digits is always an address (WHATWG URL, “ends in a number”), and C libraries read octal, hexadecimal and shortened
    /// ones too: whatever could be taken for a number must be the usual notation of one.
    static func ascii(_ scalars: ArraySlice<Unicode.Scalar>) throws(AdHocRefusal) -> String {
        guard !scalars.isEmpty else { throw .noHost }
        // Percents hide letters from those who do not decode them.
        guard !scalars.contains("%") else { throw .character }
        var parts = scalars.split(separator: ".", omittingEmptySubsequences: false)
        let endsInDot = parts.count > 1 && parts.last?.isEmpty == true
        if endsInDot { parts.removeLast() }
        var labels: [String] = []
        for part in parts { labels.append(try HostLabel.ascii(part)) }
        let name = labels.joined(separator: ".")
        guard let last = labels.last, name.utf8.count <= 253 else { throw .name }
        if isNumber(last) { return try address(endsInDot ? name + "." : name) }
        if endsInDot { throw .trailingDot }
        if let ending = ReservedNames.ending(of: name) { throw .reservedName(ending) }
        guard labels.count > 1 else { throw .singleLabel }
        guard last.hasPrefix("xn--") || last.utf8.count > 1 && last.utf8.allSatisfy(isLetter) else { throw .name }
        return name
    }

    private static func address(_ text: String) throws(AdHocRefusal) -> String {
        guard let address = IPAddress(text) else { throw .notation }
        if let purpose = AddressGuard.objection(to: address) { throw .address(purpose) }
        return address.description
    }

    private static func isNumber(_ label: String) -> Bool {
        let isDecimal = label.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isDecimal || label.hasPrefix("0x")
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}
