/// A service's name in the catalogue, lower case: `kik`, `whatsapp`. The catalogue file is called after it.
public struct ServiceID: RawRepresentable, Hashable, Sendable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The id spelled `rawValue`.
    public init(_ rawValue: String) {
        self.init(rawValue: rawValue)
    }

    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    public var description: String { rawValue }

    public static func < (left: ServiceID, right: ServiceID) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension ServiceID: Codable {}
