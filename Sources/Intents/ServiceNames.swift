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

    /// The names of a service of the catalogue.
    public init(_ service: Service) {
        let names = [service.id.rawValue, service.name] + service.aliases
        self.init(id: service.id, names: names, homeNames: service.uncertainNames)
    }

    /// The catalogue's services, then the `known` ones that it lacks.
    ///
    /// The catalogue wins: it adds names. What `known` marks as an ordinary word or a slip stays one for the same service, since a
    /// list of aliases cannot say so.
    public static func merge(catalogue: [ServiceNames], known: [ServiceNames]) -> [ServiceNames] {
        let knownByID = Dictionary(known.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let merged = catalogue.map { service in
            guard let known = knownByID[service.id] else { return service }
            var merged = service
            merged.contextNames += known.contextNames
            merged.homeNames += known.homeNames
            let guarded = Set((merged.contextNames + merged.homeNames).map { $0.lowercased() })
            merged.names = (service.names + known.names).filter { !guarded.contains($0.lowercased()) }
            return merged
        }
        let ids = Set(catalogue.map(\.id))
        return merged + known.filter { !ids.contains($0.id) }
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
