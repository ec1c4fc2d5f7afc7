/// The header fields of a response, in the order of their arrival. Names compare without regard to case.
public struct HTTPHeaders: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public private(set) var fields: [Field]

    public init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// The first field of that name.
    public subscript(name: String) -> String? {
        fields.first { $0.name.isSameHeaderName(as: name) }?.value
    }

    /// Every field of that name.
    public func values(of name: String) -> [String] {
        fields.filter { $0.name.isSameHeaderName(as: name) }.map(\.value)
    }
}

extension String {
    /// Header names are ASCII and compare without regard to case (RFC 9110, 5.1).
    func isSameHeaderName(as other: String) -> Bool {
        utf8.elementsEqual(other.utf8) { lowercaseASCII($0) == lowercaseASCII($1) }
    }
}

private func lowercaseASCII(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
