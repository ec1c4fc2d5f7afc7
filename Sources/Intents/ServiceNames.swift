public import Diagnostics
public import Status

/// What people call a service, sorted by how sure it is that they mean it.
public struct ServiceNames: Hashable, Sendable {
    public let id: ServiceID
    /// Mean the service wherever they stand: `whatsapp`, `whats app`.
    public var names: [String]
    /// Ordinary words that mean the service only beside words such as “app” or “down”: `line`, `x`, `teams`.
    public var contextNames: [String]
    /// Slips that mean the service only where it is the chat's default service and beside such words: `kick` in a Kik chat.
    public var homeNames: [String]

    public init(id: ServiceID, names: [String], contextNames: [String] = [], homeNames: [String] = []) {
        self.id = id
        self.names = names
        self.contextNames = contextNames
        self.homeNames = homeNames
    }

    /// The names of a service of the catalogue. What is an ordinary word, its own name perhaps, is one everywhere.
    public init(_ service: Service) {
        let names = [service.id.rawValue, service.name] + service.aliases
        let guarded = Set(service.contextNames + service.uncertainNames)
        self.init(
            id: service.id,
            names: names.filter { !guarded.contains($0.lowercased()) },
            contextNames: service.contextNames,
            homeNames: service.uncertainNames
        )
    }

    /// The catalogue's services, then the `known` ones that it lacks.
    public static func merge(catalogue: [ServiceNames], known: [ServiceNames]) -> [ServiceNames] {
        let ids = Set(catalogue.map(\.id))
        return catalogue + known.filter { !ids.contains($0.id) }
    }

    /// Reads a list of services: a line each of id, names, context names and home names, parted by tabs, the names by commas.
    ///
    /// Empty lines and lines that begin with `#` are skipped. Mistakes go to `diagnostics` with their line.
    public static func parse(tsv text: String, file: String, into diagnostics: inout Diagnostics) -> [ServiceNames] {
        var services: [ServiceNames] = []
        var seen: Set<ServiceID> = []
        for row in TabSeparated.rows(of: text) {
            func names(_ column: Int) -> [String] {
                guard row.fields.indices.contains(column) else { return [] }
                return row.fields[column].split(separator: ",").map { TabSeparated.trim($0) }.filter { !$0.isEmpty && $0 != "-" }
            }
            let id = ServiceID(row.fields[0])
            guard (2...4).contains(row.fields.count), !id.rawValue.isEmpty else {
                let remedy = "Write id, names, context names, home names, parted by tabs."
                diagnostics.report(Diagnostic(file: file, line: row.line, message: "This is no line of names.", remedy: remedy))
                continue
            }
            guard seen.insert(id).inserted else {
                diagnostics.report(
                    Diagnostic(file: file, line: row.line, message: "“\(id)” stands here twice.", remedy: "Keep one of them."))
                continue
            }
            services.append(ServiceNames(id: id, names: names(1), contextNames: names(2), homeNames: names(3)))
        }
        return services
    }
}
