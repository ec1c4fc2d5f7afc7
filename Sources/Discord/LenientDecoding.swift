/// An object of which only the identifier matters.
struct Identified: Decodable {
    let id: Snowflake
}

/// A value of any shape, passed over.
private struct Ignored: Decodable {
    init(from decoder: any Decoder) {}
}

extension KeyedDecodingContainer {
    /// The value at `key`, or nil where it is absent, null or of another type: a surprise in a field that the bot can do
    /// without must not cost the event.
    func lenient<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
        do {
            return try decodeIfPresent(type, forKey: key)
        } catch {
            return nil
        }
    }

    /// The readable elements of the array at `key`; none where it is absent or no array.
    func lenientArray<Value: Decodable>(_ type: Value.Type, _ key: Key) -> [Value] {
        guard var array = try? nestedUnkeyedContainer(forKey: key) else { return [] }
        var values: [Value] = []
        while !array.isAtEnd {
            if let value = try? array.decode(type) {
                values.append(value)
            } else if (try? array.decode(Ignored.self)) == nil {
                break
            }
        }
        return values
    }

    /// The object at `key`, if there is one.
    func nested<Inner: CodingKey>(_ keys: Inner.Type, _ key: Key) -> KeyedDecodingContainer<Inner>? {
        try? nestedContainer(keyedBy: keys, forKey: key)
    }
}
