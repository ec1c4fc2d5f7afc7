/// What can be chosen under a message: a button each, or menus where they are many.
///
/// Discord's limits (Message Components): 5 rows, 5 buttons in a row, 25 options in a menu; labels of 80 characters on buttons; identifiers of
/// 100.
public struct MessageChoices: Hashable, Sendable {
    /// Something to choose.
    public struct Choice: Hashable, Sendable {
        /// How its button looks; a menu shows all alike.
        public enum Style: Int, Sendable {
            case primary = 1
            case secondary = 2
            case danger = 4
        }

        public let label: String
        /// Comes back when it is chosen.
        public let id: String
        public let style: Style

        public static let longestLabel = 80
        public static let longestID = 100

        /// Nil where label or identifier is empty or longer than Discord takes: shortened they would mean something else.
        public init?(label: String, id: String, style: Style = .secondary) {
            guard (1...Self.longestLabel).contains(label.utf16.count), (1...Self.longestID).contains(id.utf16.count) else {
                return nil
            }
            self.label = label
            self.id = id
            self.style = style
        }
    }

    static let mostButtons = 5
    static let mostOptions = 25
    /// Five menus.
    static let most = 125
    static let longestPrompt = 150
    /// Names the first menu; what was chosen from it comes as its value.
    static let menuID = "choose"

    public let choices: [Choice]
    /// Stands in a menu from which nothing has been chosen; what is too long for it is left out.
    public let prompt: String

    /// Nil without choices. Of those with the same identifier the first is offered, and no more than five menus hold.
    public init?(_ choices: [Choice], prompt: String = "") {
        var ids: Set<String> = []
        self.choices = Array(choices.filter { ids.insert($0.id).inserted }.prefix(Self.most))
        self.prompt = prompt.utf16.count <= Self.longestPrompt ? prompt : ""
        if self.choices.isEmpty { return nil }
    }
}

extension MessageChoices: Encodable {
    private enum Key: String, CodingKey {
        case type, components, style, label, value, options, placeholder
        case customID = "custom_id"
    }

    /// A list of action rows: one of buttons, or one for each menu.
    public func encode(to encoder: any Encoder) throws {
        var rows = encoder.unkeyedContainer()
        guard choices.count > Self.mostButtons else { return try encodeButtons(in: &rows) }
        let menus = stride(from: 0, to: choices.count, by: Self.mostOptions).map {
            choices[$0..<min($0 + Self.mostOptions, choices.count)]
        }
        for (number, options) in menus.enumerated() {
            try encodeMenu(options, number: number, isOnly: menus.count == 1, in: &rows)
        }
    }

    private func encodeButtons(in rows: inout some UnkeyedEncodingContainer) throws {
        var row = rows.nestedContainer(keyedBy: Key.self)
        try row.encode(1, forKey: .type)
        var parts = row.nestedUnkeyedContainer(forKey: .components)
        for choice in choices {
            var button = parts.nestedContainer(keyedBy: Key.self)
            try button.encode(2, forKey: .type)
            try button.encode(choice.style.rawValue, forKey: .style)
            try button.encode(choice.label, forKey: .label)
            try button.encode(choice.id, forKey: .customID)
        }
    }

    private func encodeMenu(
        _ choices: ArraySlice<Choice>, number: Int, isOnly: Bool, in rows: inout some UnkeyedEncodingContainer
    ) throws {
        var row = rows.nestedContainer(keyedBy: Key.self)
        try row.encode(1, forKey: .type)
        var parts = row.nestedUnkeyedContainer(forKey: .components)
        var menu = parts.nestedContainer(keyedBy: Key.self)
        try menu.encode(3, forKey: .type)
        try menu.encode(number == 0 ? Self.menuID : "\(Self.menuID) \(number + 1)", forKey: .customID)
        if let placeholder = placeholder(of: choices, isOnly: isOnly) { try menu.encode(placeholder, forKey: .placeholder) }
        var options = menu.nestedUnkeyedContainer(forKey: .options)
        for choice in choices {
            var option = options.nestedContainer(keyedBy: Key.self)
            try option.encode(choice.label, forKey: .label)
            try option.encode(choice.id, forKey: .value)
        }
    }

    /// The prompt; of one of several menus also what it begins and ends with.
    private func placeholder(of choices: ArraySlice<Choice>, isOnly: Bool) -> String? {
        guard !prompt.isEmpty, !isOnly, let first = choices.first, let last = choices.last else {
            return prompt.isEmpty ? nil : prompt
        }
        let whole = "\(prompt) \(first.label) – \(last.label)"
        return whole.utf16.count <= Self.longestPrompt ? whole : prompt
    }
}
