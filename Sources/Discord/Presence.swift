/// What the bot's entry in the member list shows.
public struct Presence: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable {
        case online, idle, invisible
        case doNotDisturb = "dnd"
    }

    public let status: Status
    /// The line under the name; empty for none. At most 128 characters of text, so that an identify always fits.
    public let text: String

    /// A presence that shows `text`, cut to what Discord displays.
    public init(status: Status = .online, text: String = "") {
        self.status = status
        self.text = String(text.unicodeScalars.prefix(128))
    }
}

extension Presence: Encodable {
    private enum Key: String, CodingKey {
        case since, activities, status, afk
    }

    /// A custom status: its text stands in `state`, its name is required and never shown.
    private struct Activity: Encodable {
        let name = "Custom Status"
        let type = 4
        let state: String
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encodeNil(forKey: .since)
        try fields.encode(text.isEmpty ? [] : [Activity(state: text)], forKey: .activities)
        try fields.encode(status.rawValue, forKey: .status)
        try fields.encode(false, forKey: .afk)
    }
}
