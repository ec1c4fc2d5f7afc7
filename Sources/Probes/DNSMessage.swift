/// A question to a resolver and its answer, in the wire format (RFC 1035, 4.1) that DNS over HTTPS carries (RFC 8484).
enum DNSMessage {
    /// Types of records (RFC 1035, 3.2.2; RFC 3596, 2.1).
    enum Kind: UInt16, CaseIterable {
        case a = 1
        case aaaa = 28

        /// How long an address of this kind is, in bytes.
        var length: Int { self == .a ? 4 : 16 }
    }

    /// What a resolver says.
    enum Answer: Hashable {
        /// Addresses of the kind asked for, at least one.
        case addresses([[UInt8]])
        /// The name does not exist, or has no address of the kind (NXDOMAIN, NODATA).
        case none
        /// The resolver could not find out (SERVFAIL), or will not (REFUSED, …).
        case failed
    }

    /// No resolver's honest answer is longer, in bytes; UDP's limit would be 4 096.
    static let longest = 16 << 10
    private static let header = 12

    /// A question as RFC 8484, 4.1 wants it: with id 0, so that answers can be cached. nil for what cannot be a name.
    static func question(_ name: String, _ kind: Kind) -> [UInt8]? {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false).map(Array.init)
        let trimmed = labels.last?.isEmpty == true ? labels.dropLast() : labels[...]
        var message: [UInt8] = [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        for label in trimmed {
            let bytes = Array(String(label).utf8)
            guard (1...63).contains(bytes.count), bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
            message.append(UInt8(bytes.count))
            message += bytes
        }
        guard !trimmed.isEmpty, message.count - header < 255 else { return nil }
        return message + [0, 0, UInt8(kind.rawValue), 0, 1]
    }

    /// Reads an answer; nil for what is none. Names are skipped, never followed, so that a loop of pointers leads nowhere.
    static func answer(_ message: [UInt8], to kind: Kind) -> Answer? {
        var reader = Reader(message)
        guard message.count <= longest, let fields = reader.words(6), fields[1] & 0x8000 != 0 else { return nil }
        switch fields[1] & 0x000F {
        case 0: break
        case 3: return Answer.none
        default: return .failed
        }
        for _ in 0..<fields[2] {
            guard reader.skipName(), reader.words(2) != nil else { return nil }
        }
        var addresses: [[UInt8]] = []
        for _ in 0..<fields[3] {
            // Type, class, the two halves of its time to live, the length of what follows.
            guard reader.skipName(), let record = reader.words(5), let data = reader.bytes(Int(record[4])) else { return nil }
            if record[0] == kind.rawValue, record[1] == 1, data.count == kind.length { addresses.append(data) }
        }
        return addresses.isEmpty ? Answer.none : .addresses(addresses)
    }

    private struct Reader {
        private let message: [UInt8]
        private var place = 0

        init(_ message: [UInt8]) {
            self.message = message
        }

        mutating func bytes(_ count: Int) -> [UInt8]? {
            guard place + count <= message.count else { return nil }
            defer { place += count }
            return Array(message[place..<place + count])
        }

        /// Numbers of two bytes, the higher one first.
        mutating func words(_ count: Int) -> [UInt16]? {
            bytes(count * 2).map { bytes in
                stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
            }
        }

        /// A name ends with an empty label or with a pointer (RFC 1035, 4.1.4).
        mutating func skipName() -> Bool {
            while let length = bytes(1)?.first {
                switch length {
                case 0: return true
                case 0xC0...: return bytes(1) != nil
                case ..<0x40: guard bytes(Int(length)) != nil else { return false }
                default: return false
                }
            }
            return false
        }
    }
}
