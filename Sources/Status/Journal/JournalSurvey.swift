import Timing

/// What a journal speaks of: learnt in a first pass, before it is judged in a second.
public struct JournalSurvey: Sendable {
    private struct Way: Hashable {
        var service: ServiceID
        var component: String
        var target: String
        var vantage: String
    }

    /// So many different targets are known; more are passed over.
    static let mostTargets = 65_536

    private var canaries: Set<String> = []
    /// Services, components and targets in the order of their first appearance.
    private var services: [ServiceID] = []
    private var components: [ServiceID: [String]] = [:]
    private var targets: [ServiceID: [String: [String]]] = [:]
    private var lastSeen: [Way: Timestamp] = [:]
    /// How often two results of one target lay so many seconds apart.
    private var gaps: [Int64: Int] = [:]

    public init() {}

    public mutating func note(_ entry: JournalEntry) {
        switch entry.evidence {
        case .canary(let target, _):
            if canaries.count < Self.mostTargets { canaries.insert(target) }
        case .probe(let probe): note(probe, at: entry.at)
        case .feed(let service, _, _), .page(let service, _, _), .report(let service, _, _, _): meet(service)
        }
    }

    private mutating func meet(_ service: ServiceID) {
        guard components[service] == nil, services.count < Self.mostTargets else { return }
        components[service] = []
        services.append(service)
    }

    private mutating func note(_ probe: ProbeSighting, at: Timestamp) {
        let way = Way(service: probe.service, component: probe.component, target: probe.target, vantage: probe.vantage)
        if let last = lastSeen[way] {
            let gap = (at.milliseconds - last.milliseconds + 500) / 1_000
            if gap > 0 { gaps[gap, default: 0] += 1 }
        } else {
            guard lastSeen.count < Self.mostTargets else { return }
            meet(probe.service)
            if components[probe.service]?.contains(probe.component) == false {
                components[probe.service]?.append(probe.component)
            }
            if targets[probe.service]?[probe.component]?.contains(probe.target) != true {
                targets[probe.service, default: [:]][probe.component, default: []].append(probe.target)
            }
        }
        lastSeen[way] = at
    }

    /// The time from one regular round to the next, guessed: confirmations make shorter gaps, lost rounds longer ones, and most are neither.
    public var interval: Duration {
        let count = gaps.values.reduce(0, +)
        var seen = 0
        for (gap, number) in gaps.sorted(by: { $0.key < $1.key }) {
            seen += number
            if seen * 2 >= count { return .seconds(gap) }
        }
        return .seconds(60)
    }

    /// The canaries, as names.
    var canaryTargets: [Target] { canaries.sorted().map(JournalSurvey.target) }

    /// A target of a journal need be no URL; only its name is used.
    static func target(_ name: String) -> Target { Target(kind: .tcp, host: name, port: 0) }

    /// The services, as the catalogue describes them as far as it knows them. What it does not know counts all alike.
    func described(by catalogue: [Service]) -> [Service] {
        services.map { id in
            let names = components[id] ?? []
            guard let known = catalogue.first(where: { $0.id == id }) else {
                let weight = 1 / Double(max(1, names.count))
                return Service(
                    id: id, name: id.rawValue,
                    components: names.map { component($0, weight: weight, checks: [], of: id) })
            }
            var service = known
            service.components = known.components.map {
                component($0.id, name: $0.name, weight: $0.weight, checks: $0.checks, of: id)
            }
            let strange = names.filter { name in !known.components.contains { $0.id == name } }
            service.components += strange.map { component($0, weight: 1 / Double(names.count), checks: [], of: id) }
            return service
        }
    }

    /// A component with a check for each of its targets in the journal; one that the catalogue knows stays in its check, whose doors lead
    /// to the same thing.
    private func component(_ id: String, name: String? = nil, weight: Double, checks: [Check], of service: ServiceID) -> Component
    {
        let own = (targets[service]?[id] ?? []).filter { target in !checks.contains { $0.leads(to: target) } }
        return Component(
            id: id, name: name ?? id, weight: weight,
            checks: checks + own.map { Check(id: $0, anyOf: [JournalSurvey.target($0)]) })
    }
}

extension Check {
    /// Whether a target of a journal, `host:port` or a URL, is one of its doors.
    func leads(to target: String) -> Bool {
        anyOf.contains { $0.description == target || $0.authority == target }
    }
}
