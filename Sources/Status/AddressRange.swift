/// The addresses that begin with the same bits, `10.0.0.0/8`, and what they are for.
struct AddressRange: Sendable {
    let first: IPAddress
    /// How many bits count: 0 ... 32 or 0 ... 128.
    let length: Int
    let purpose: SpecialPurpose

    /// - Parameter text: one of ours; another is a mistake in a table.
    init(_ text: String, _ purpose: SpecialPurpose) {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let first = IPAddress(parts[0]), let length = Int(parts[1]) else {
            preconditionFailure("“\(text)” is no range of addresses")
        }
        self.first = first
        self.length = length
        self.purpose = purpose
    }

    func contains(_ address: IPAddress) -> Bool {
        switch (first, address) {
        // A shift by the whole width gives zero.
        case (.v4(let ours), .v4(let theirs)): (ours ^ theirs) >> UInt32(32 - length) == 0
        case (.v6(let ours), .v6(let theirs)): (ours ^ theirs) >> UInt128(128 - length) == 0
        default: false
        }
    }
}
