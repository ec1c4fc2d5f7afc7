/// A form with one text to fill in: a modal in Discord's words.
public struct InteractionForm: Hashable, Sendable {
    static let longestTitle = 45
    static let longestLabel = 45
    /// Names the text that is filled in.
    public static let field = "text"

    public let id: String
    public let title: String
    public let label: String
    /// The longest text that can be filled in, in characters.
    public let longest: Int

    /// Nil where a text is empty or longer than Discord takes.
    public init?(id: String, title: String, label: String, longest: Int = 300) {
        guard (1...MessageChoices.Choice.longestID).contains(id.utf16.count), (1...Self.longestTitle).contains(title.utf16.count),
            (1...Self.longestLabel).contains(label.utf16.count), (1...4_000).contains(longest)
        else { return nil }
        self.id = id
        self.title = title
        self.label = label
        self.longest = longest
    }
}

extension InteractionForm: Encodable {
    private enum Key: String, CodingKey {
        case title, components, type, label, style, required
        case customID = "custom_id"
        case longest = "max_length"
    }

    public func encode(to encoder: any Encoder) throws {
        var form = encoder.container(keyedBy: Key.self)
        try form.encode(id, forKey: .customID)
        try form.encode(title, forKey: .title)
        var rows = form.nestedUnkeyedContainer(forKey: .components)
        var row = rows.nestedContainer(keyedBy: Key.self)
        try row.encode(1, forKey: .type)
        var parts = row.nestedUnkeyedContainer(forKey: .components)
        var text = parts.nestedContainer(keyedBy: Key.self)
        try text.encode(4, forKey: .type)
        try text.encode(Self.field, forKey: .customID)
        // A paragraph, so that a phone shows more than one line of it.
        try text.encode(2, forKey: .style)
        try text.encode(label, forKey: .label)
        try text.encode(longest, forKey: .longest)
        try text.encode(true, forKey: .required)
    }
}
