private import Foundation

/// JSON from and to values.
enum JSON {
    /// The JSON of a value of ours, keys in order so that equal values give equal bytes.
    static func bytes(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            preconditionFailure("a value of ours has no JSON: \(error)")
        }
    }

    /// The value in foreign bytes; nil when they do not hold one.
    static func value<Value: Decodable>(_ type: Value.Type, in bytes: [UInt8]) -> Value? {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            return nil
        }
    }
}
