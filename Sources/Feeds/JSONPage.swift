public import Status

/// A page that is JSON, asked for single values.
public struct JSONPage {
    private let json: FeedJSON

    /// nil for what is no JSON, or more of it than a page should have.
    public init?(_ body: [UInt8]) {
        guard let json = FeedText.read(body).flatMap({ FeedJSON($0) }) else { return nil }
        self.json = json
    }

    /// Whether it has a value; see `Check.Expectation.JSONValue`.
    public func has(_ value: Check.Expectation.JSONValue) -> Bool { json.has(value) }
}

extension FeedJSON {
    /// Whether there is such a value at the end of the path.
    func has(_ wanted: Check.Expectation.JSONValue) -> Bool {
        var value = self
        for key in wanted.path.split(separator: ".") {
            if value.isList {
                let list = value.list
                guard let place = Int(key), list.indices.contains(place) else { return false }
                value = list[place]
            } else {
                guard value.has(String(key)) else { return false }
                value = value[String(key)]
            }
        }
        return value.literal == wanted.value
    }
}
