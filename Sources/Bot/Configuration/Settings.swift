import Configuration
import Diagnostics

/// The settings as an operator gave them: the environment over the file, each value still with the place it came from.
struct Settings {
    private let file: String
    private let lines: [String: Int]
    private let environment: [String: String]
    private let reader: ConfigReader
    /// What single chats have otherwise.
    private var exceptions: [UInt64: [String: Entry]] = [:]

    /// A value, and where it stands.
    private struct Entry {
        var text: String
        var value: YAMLValue
    }
    /// What is wrong so far.
    var diagnostics: Diagnostics

    /// Reads the file's text and lays the environment over it.
    ///
    /// - Parameters:
    ///   - text: the settings file; nil where there is none, which is fine.
    ///   - file: its path, for messages.
    ///   - environment: the process's environment; only `ISITDOWN_…` counts.
    init(text: String?, file: String, environment: [String: String]) {
        var diagnostics = Diagnostics()
        var found: [String: YAMLValue] = [:]
        var exceptions: [UInt64: [String: Entry]] = [:]
        if let text, !text.isBlankYAML {
            do throws(Diagnostic) {
                let root = try YAMLValue(parsing: text, file: file)
                Settings.collect(root, into: &found, &exceptions, &diagnostics)
            } catch {
                diagnostics.report(error)
            }
        }
        Settings.checkNames(of: environment, &diagnostics)
        var texts: [String: String] = [:]
        for (key, value) in found {
            let setting = Setting.all.first { $0.key == key }
            if setting?.isSecret == true {
                let remedy = "Put it into ISITDOWN_DISCORD_TOKEN, or into a file of its own named by discord.token_file."
                let message = "“\(key)” does not belong in a settings file, which gets copied about."
                diagnostics.report(value.diagnostic(message, remedy: remedy))
                continue
            }
            texts[key] =
                setting?.isList == true
                ? diagnostics.list(value).compactMap { diagnostics.string($0) }.joined(separator: ",")
                : diagnostics.string(value)
        }
        self.exceptions = exceptions
        self.file = file
        self.lines = found.compactMapValues(\.line)
        self.environment = environment
        self.diagnostics = diagnostics
        let values = texts.map { key, text in
            (AbsoluteConfigKey(ConfigKey(key)), ConfigValue(.string(text), isSecret: false))
        }
        reader = ConfigReader(providers: [
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "isitdown"),
            InMemoryProvider(values: Dictionary(uniqueKeysWithValues: values)),
        ])
    }

    /// A variable with our prefix that nothing reads is a slip, as an unknown key is.
    private static func checkNames(of environment: [String: String], _ diagnostics: inout Diagnostics) {
        let known = Setting.all.map(\.variable) + Setting.otherVariables
        for name in environment.keys.sorted() where name.hasPrefix("ISITDOWN_") && !known.contains(name) {
            let remedy = nearestName(to: name, among: known).map { "Did you mean \($0)?" } ?? "Unset it."
            diagnostics.report(Diagnostic(file: name, message: "There is no setting of this name.", remedy: remedy))
        }
    }

    /// Walks the sections of the file; what may stand in a section follows from the table of settings.
    private static func collect(
        _ root: YAMLValue, into found: inout [String: YAMLValue], _ exceptions: inout [UInt64: [String: Entry]],
        _ diagnostics: inout Diagnostics
    ) {
        let keys = Setting.allKeys.map { $0.split(separator: ".").map(String.init) }
        let sections = Array(Set(keys.map { $0[0] })).sorted()
        for (section, value) in diagnostics.mapping(root, known: sections + [Setting.chats]) {
            if section == Setting.chats {
                collectChats(value, into: &exceptions, &diagnostics)
                continue
            }
            let known = keys.filter { $0[0] == section }.map { $0[1] }
            for (_, entry) in diagnostics.mapping(value, known: known) {
                found[entry.path] = entry
            }
        }
    }

    private static func collectChats(
        _ section: YAMLValue, into exceptions: inout [UInt64: [String: Entry]], _ diagnostics: inout Diagnostics
    ) {
        for (key, value) in diagnostics.entries(section) {
            guard let id = UInt64(key), id > 0 else {
                let remedy = "Copy the server's or channel's id from Discord (developer mode, Copy ID)."
                diagnostics.report(value.diagnostic("“\(key)” is no id of a server or channel.", remedy: remedy))
                continue
            }
            for (key, entry) in diagnostics.mapping(value, known: Setting.keysOfChat) {
                guard let text = diagnostics.string(entry) else { continue }
                exceptions[id, default: [:]][key] = Entry(text: text, value: entry)
            }
        }
    }

    /// The ids of the chats that have something otherwise.
    var chats: [UInt64] { exceptions.keys.sorted() }

    /// The text of a chat's own setting.
    func text(_ chat: UInt64, _ key: String) -> String? {
        exceptions[chat]?[key].flatMap { $0.text.isEmpty ? nil : $0.text }
    }

    /// The value of a chat's own setting; nil where it has none, or one that cannot be read, which is reported.
    mutating func value<Value>(_ chat: UInt64, _ key: String, expected: String, read: (String) -> Value?) -> Value? {
        guard let entry = exceptions[chat]?[key], !entry.text.isEmpty else { return nil }
        if let value = read(entry.text) { return value }
        let message = "“\(entry.value.path)” cannot be “\(entry.text)”."
        diagnostics.report(entry.value.diagnostic(message, remedy: "It is \(expected)."))
        return nil
    }

    /// The text of a setting; nil when nobody gave it, or gave it empty.
    func text(_ key: String) -> String? {
        reader.string(forKey: ConfigKey(key)).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The value of a setting that `read` makes of its text, or the default; a text that cannot be read is reported.
    mutating func value<Value>(_ key: String, default standard: Value, expected: String, read: (String) -> Value?) -> Value {
        guard let text = text(key) else { return standard }
        if let value = read(text) { return value }
        report(key, "“\(key)” cannot be “\(text)”.", remedy: "It is \(expected).")
        return standard
    }

    /// Adds a complaint about a setting, at the place that it came from.
    mutating func report(_ key: String, _ message: String, remedy: String) {
        let variable = Setting.all.first { $0.key == key }?.variable ?? key
        if environment[variable] != nil {
            diagnostics.report(Diagnostic(file: variable, message: message, remedy: remedy))
        } else {
            diagnostics.report(Diagnostic(file: file, line: lines[key], message: message, remedy: remedy))
        }
    }
}

extension String {
    /// Nothing but comments and empty lines: a settings file in which everything is still commented out.
    fileprivate var isBlankYAML: Bool {
        split(whereSeparator: \.isNewline).allSatisfy { line in
            line.first { !$0.isWhitespace }.map { $0 == "#" } ?? true
        }
    }
}
