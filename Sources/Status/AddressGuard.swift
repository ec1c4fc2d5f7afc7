/// Tells addresses of the public Internet from all others, so that no stranger can have us look into our own network.
///
/// It stands in the core, beside `Target`: what is public is a table, and the targets that strangers name are judged by it before
/// anything is resolved; `Probes` judges by it again what a name resolves to.
public enum AddressGuard {
    /// What an address is instead of public; nil for a public one.
    ///
    /// An IPv4 address that is wrapped into IPv6 is judged as what it leads to; where the wrapping is one that nobody should use any
    /// more, or leads on through somebody else's relay, a public one is refused as well.
    public static func objection(to address: IPAddress) -> SpecialPurpose? {
        switch address {
        case .v4: purpose(of: address, in: rangesV4)
        case .v6(let bits): objection(toV6: bits)
        }
    }

    /// What an address is instead of public, as the system writes it, with a zone or without; nil for a public one.
    public static func objection(toNumber text: String) -> SpecialPurpose? {
        guard let address = IPAddress(text.prefix { $0 != "%" }) else { return .unreadable }
        return objection(to: address)
    }

    private static func objection(toV6 bits: UInt128) -> SpecialPurpose? {
        let address = IPAddress.v6(bits)
        let low = UInt32(truncatingIfNeeded: bits)
        if mapped.contains(address) || translated.contains(address) { return objection(to: .v4(low)) }
        // “::” and “::1” have the form of IPv4-compatible addresses.
        guard bits > 1 else { return purpose(of: address, in: rangesV6) }
        for inner in wrapped(in: bits) {
            if let objection = objection(to: inner) { return objection }
        }
        if let purpose = purpose(of: address, in: rangesV6) { return purpose }
        return globalUnicast.contains(address) ? nil : globalUnicast.purpose
    }

    /// The IPv4 addresses that an IPv6 address leads through or to.
    private static func wrapped(in bits: UInt128) -> [IPAddress] {
        let address = IPAddress.v6(bits)
        let low = UInt32(truncatingIfNeeded: bits)
        if compatible.contains(address) || translatedOfOld.contains(address) { return [.v4(low)] }
        if sixToFour.contains(address) { return [.v4(UInt32(truncatingIfNeeded: bits >> 80))] }
        // The server, and the client with its bits turned round (RFC 4380, 4).
        if teredo.contains(address) { return [.v4(~low), .v4(UInt32(truncatingIfNeeded: bits >> 64))] }
        // An interface identifier of ISATAP (RFC 5214, 6.1), in whatever network.
        let identifier = UInt32(truncatingIfNeeded: bits >> 32) & ~0x0200_0000
        return identifier == 0x0000_5EFE ? [.v4(low)] : []
    }

    private static func purpose(of address: IPAddress, in ranges: [AddressRange]) -> SpecialPurpose? {
        ranges.first { $0.contains(address) }?.purpose
    }
}
