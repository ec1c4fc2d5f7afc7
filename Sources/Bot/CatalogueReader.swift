import Diagnostics
import Status

/// Reads the files of the catalogue one after another and keeps what they have in common in view: no name may mean two services.
struct CatalogueReader {
    private(set) var services: [Service] = []
    var diagnostics: Diagnostics
    /// Where each name was taken, by the name in lower case.
    private var taken: [String: (service: ServiceID, place: String)] = [:]

    init(diagnostics: Diagnostics) {
        self.diagnostics = diagnostics
    }

    /// Reads one file; the service is kept unless something in the file is wrong.
    mutating func read(_ text: String, file: String) {
        let before = diagnostics.all.count
        do {
            let root = try YAMLValue(parsing: text, file: file)
            if let service = service(root), diagnostics.all.count == before { services.append(service) }
        } catch {
            diagnostics.report(error)
        }
    }

    private mutating func service(_ root: YAMLValue) -> Service? {
        let known = [
            "id", "name", "aliases", "context_names", "uncertain_names", "components", "feeds", "pages", "contacts", "retired",
        ]
        let before = diagnostics.all.count
        let entries = diagnostics.mapping(root, known: known)
        if entries.isEmpty, diagnostics.all.count > before { return nil }
        let id = entries["id"].flatMap { serviceID($0) }
        let name = entries["name"].flatMap { diagnostics.string($0) }
        let components = entries["components"].map { self.components($0) } ?? []
        let feeds = entries["feeds"].map { diagnostics.feeds($0) } ?? []
        for key in ["id", "name"] where entries[key] == nil {
            diagnostics.report(root.diagnostic("“\(key)” is missing."))
        }
        let retirement = entries["retired"].flatMap { diagnostics.retirement($0) }
        if let value = entries["retired"], let stray = entries["components"] ?? entries["feeds"] ?? entries["pages"] {
            diagnostics.report(
                stray.diagnostic("“\(stray.path)” belongs to no service that is “\(value.path)”.", remedy: "Keep one of them."))
        }
        if entries["components"] == nil, entries["feeds"] == nil, entries["retired"] == nil {
            diagnostics.report(
                root.diagnostic("“components” is missing.", remedy: "Name what to probe, or a feed under “feeds”."))
        }
        guard let id, let name else { return nil }
        if let value = entries["id"] { take(id.rawValue, for: id, value) }
        if let value = entries["name"] { take(name, for: id, value) }
        let aliases = entries["aliases"].map { names($0, of: id, areTaken: true) } ?? []
        let context = entries["context_names"].map { contextNames($0, beside: aliases) } ?? []
        let uncertain = entries["uncertain_names"].map { names($0, of: id, areTaken: false) } ?? []
        let contacts = entries["contacts"].map { diagnostics.contacts($0) } ?? Service.Contacts()
        return Service(
            id: id,
            name: name,
            aliases: aliases,
            contextNames: context,
            uncertainNames: uncertain,
            components: components,
            feeds: feeds,
            pages: entries["pages"].map { diagnostics.pages($0) } ?? [],
            contacts: contacts,
            retirement: retirement
        )
    }

    private mutating func serviceID(_ value: YAMLValue) -> ServiceID? {
        guard let id = diagnostics.identifier(value) else { return nil }
        let fileName = value.file.split(separator: "/").last ?? ""
        guard fileName == "\(id).yaml" || fileName == "\(id).yml" else {
            diagnostics.report(
                value.diagnostic("The id is “\(id)”, but the file is “\(fileName)”.", remedy: "Call it \(id).yaml."))
            return nil
        }
        return ServiceID(id)
    }

    /// Ordinary words, each once. The service's own name may be one; an alias may not.
    private mutating func contextNames(_ value: YAMLValue, beside aliases: [String]) -> [String] {
        var names: [String] = []
        for item in diagnostics.list(value) {
            guard let name = diagnostics.string(item)?.lowercased() else { continue }
            if aliases.contains(name) {
                diagnostics.report(
                    item.diagnostic("“\(name)” cannot mean it everywhere and in context only.", remedy: "Keep one of them."))
            } else if names.contains(name) {
                diagnostics.report(item.diagnostic("“\(name)” stands here twice."))
            } else {
                names.append(name)
            }
        }
        return names
    }

    /// Two or three small letters, and what country's they are in two capitals: `pt`, `pt-BR`.
    private static func isLanguage(_ tag: String) -> Bool {
        let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
        guard let language = parts.first, (2...3).contains(language.count), parts.count <= 2 else { return false }
        let country = parts.dropFirst().first
        return language.utf8.allSatisfy { (0x61...0x7A).contains($0) }
            && country.map { $0.count == 2 && $0.utf8.allSatisfy { (0x41...0x5A).contains($0) } } ?? true
    }

    /// Names in lower case, each once: a list, or a list for each language.
    ///
    /// Whatever its language, a name is known in every one: people write in one and name things in another.
    private mutating func names(_ value: YAMLValue, of id: ServiceID, areTaken: Bool) -> [String] {
        var items: [YAMLValue] = []
        if value.isMapping {
            for (language, value) in diagnostics.entries(value) {
                if !Self.isLanguage(language) {
                    diagnostics.report(
                        value.diagnostic("“\(language)” is no language.", remedy: "Write its tag, such as pt or pt-BR."))
                }
                items += diagnostics.list(value)
            }
        } else {
            items = diagnostics.list(value)
        }
        var names: [String] = []
        for item in items {
            guard let name = diagnostics.string(item)?.lowercased() else { continue }
            if areTaken {
                take(name, for: id, item)
            } else if taken[name]?.service == id {
                diagnostics.report(
                    item.diagnostic("“\(name)” cannot be both certain and uncertain.", remedy: "Keep one of them."))
            }
            if names.contains(name) {
                diagnostics.report(item.diagnostic("“\(name)” stands here twice."))
            } else {
                names.append(name)
            }
        }
        return names
    }

    /// Notes that a name means a service; a service may repeat its own, as its id and its name often do.
    private mutating func take(_ name: String, for id: ServiceID, _ value: YAMLValue) {
        let place = value.line.map { "\(value.file):\($0)" } ?? value.file
        let name = name.lowercased()
        guard let other = taken[name] else {
            taken[name] = (id, place)
            return
        }
        if other.service != id || value.path == "id" {
            let message = "“\(name)” already means \(other.service), see \(other.place)."
            diagnostics.report(value.diagnostic(message, remedy: "Keep it in one place, or put it under uncertain_names."))
        }
    }

    private mutating func components(_ value: YAMLValue) -> [Component] {
        let entries = diagnostics.entries(value)
        let components = entries.compactMap { diagnostics.component($0.key, $0.value) }
        if entries.isEmpty {
            diagnostics.report(value.diagnostic("A service needs a component.", remedy: "Name what to probe under “components”."))
        } else if components.count == entries.count, components.allSatisfy({ $0.weight == 0 }) {
            let remedy = "Give the heart of the service a weight of 1."
            diagnostics.report(value.diagnostic("No component counts: every weight is 0.", remedy: remedy))
        }
        return components
    }
}
