/// How the commands that we want differ from those that Discord has, both in normal form: what is absent, null or as by default is the
/// same, and so is the order where it means nothing. Comparing otherwise registers anew on each start, for nothing.
public struct CommandDifference: Equatable, Sendable {
    /// A command, and what is to change of it.
    public struct Change: Equatable, Sendable {
        public var command: String
        /// Paths into the command: `options.service.description`.
        public var fields: [String]

        public init(command: String, fields: [String]) {
            self.command = command
            self.fields = fields
        }
    }

    public private(set) var added: [String] = []
    public private(set) var removed: [String] = []
    public private(set) var changed: [Change] = []

    public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

    /// - Parameter registered: Discord's answer to `GET …/commands?with_localizations=true`.
    /// - Returns: nil when that is no list of commands.
    public init?(wanted: [ApplicationCommand], registered: [UInt8]) {
        guard let there = JSON.value([CommandTree].self, in: registered) else { return nil }
        guard let ours = JSON.value([CommandTree].self, in: JSON.bytes(wanted)) else { return nil }
        let (old, new) = (Self.byName(there), Self.byName(ours))
        added = new.keys.filter { old[$0] == nil }.sorted()
        removed = old.keys.filter { new[$0] == nil }.sorted()
        changed = new.keys.sorted().compactMap { name in
            guard let before = old[name], let after = new[name], before != after else { return nil }
            return Change(command: name, fields: before.differences(from: after))
        }
    }

    private static func byName(_ commands: [CommandTree]) -> [String: CommandTree] {
        let named = commands.map { command -> (String, CommandTree) in
            let command = command.normalized(isCommand: true)
            let name = command["name"]?.text ?? ""
            return (command["type"] == .number(3) ? "“\(name)”" : "/\(name)", command)
        }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
    }
}

/// JSON of a command, of any shape.
private enum CommandTree: Equatable, Decodable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([CommandTree])
    case object([String: CommandTree])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([CommandTree].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: CommandTree].self))
        }
    }

    subscript(key: String) -> CommandTree? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// What a command is made of; the rest is Discord's own, or past.
    private static let known: Set<String> = [
        "type", "name", "name_localizations", "description", "description_localizations", "options", "choices", "required",
        "autocomplete", "default_member_permissions", "contexts", "integration_types", "channel_types", "min_length",
        "max_length",
        "min_value", "max_value", "value", "nsfw",
    ]
    /// What is the same as not being there.
    private static let defaults: [String: CommandTree] = [
        "required": .bool(false), "nsfw": .bool(false), "autocomplete": .bool(false), "options": .list([]), "choices": .list([]),
        "name_localizations": .object([:]), "description_localizations": .object([:]), "description": .text(""),
    ]

    func normalized(isCommand: Bool = false) -> CommandTree {
        switch self {
        case .object(let fields):
            var normal: [String: CommandTree] = [:]
            for (key, value) in fields where Self.known.contains(key) && value != .null {
                normal[key] = Self.normalized(value, at: key, beside: fields)
            }
            if isCommand, normal["type"] == nil { normal["type"] = .number(1) }
            return .object(normal.filter { $0.value != Self.defaults[$0.key] })
        case .list(let values): return .list(values.map { $0.normalized() })
        case .null, .bool, .number, .text: return self
        }
    }

    private static func normalized(_ value: CommandTree, at key: String, beside fields: [String: CommandTree]) -> CommandTree {
        switch (key, value) {
        case ("name_localizations", .object(let words)), ("description_localizations", .object(let words)):
            let plain = fields[key == "name_localizations" ? "name" : "description"]
            return .object(words.filter { $0.value != .null && $0.value != plain })
        case ("default_member_permissions", .number(let bits)): return Int64(exactly: bits).map { .text(String($0)) } ?? value
        case ("contexts", .list(let values)), ("integration_types", .list(let values)), ("channel_types", .list(let values)):
            return .list(values.sorted { $0.order < $1.order })
        default: return value.normalized()
        }
    }

    private var order: Double {
        if case .number(let number) = self { number } else { 0 }
    }

    /// The paths at which two trees differ.
    func differences(from other: CommandTree, path: String = "") -> [String] {
        switch (self, other) {
        case _ where self == other: return []
        case (.object(let left), .object(let right)):
            return Set(left.keys).union(right.keys).sorted().flatMap { key in
                (left[key] ?? .null).differences(from: right[key] ?? .null, path: path.isEmpty ? key : "\(path).\(key)")
            }
        case (.list(let left), .list(let right)) where left.count == right.count:
            return zip(left, right).flatMap { old, new in
                old.differences(from: new, path: "\(path).\(new["name"]?.text ?? "")")
            }
        default: return [path]
        }
    }
}
