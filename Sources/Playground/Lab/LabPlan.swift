import Status

/// What the lab has to simulate: which doors each service has, and what stands behind them.
struct LabPlan: Sendable {
    /// One (host, port) that a probe may dial.
    struct Door: Hashable, Sendable {
        let host: String
        let port: Int
        let isTLS: Bool
    }

    struct Entry: Sendable {
        let id: String
        let name: String
        var doors: [Door]

        /// The hosts that need a certificate, each once.
        var tlsHosts: [String] {
            doors.filter(\.isTLS).map(\.host).reduce(into: []) { hosts, host in
                if !hosts.contains(host) { hosts.append(host) }
            }
        }
    }

    /// The pseudo service that stands for the canaries.
    static let internet = "internet"

    private(set) var entries: [Entry] = []
    /// The HTTP status for `host/path` where a check expects another one than 200.
    private(set) var statuses: [String: Int] = [:]

    /// A door that several services share belongs to the first of them. `dns` targets dial nothing and have no door.
    init(services: [Service], canaries: [Target]) {
        var taken: Set<String> = []
        for service in services {
            let checks = service.components.flatMap(\.checks)
            for check in checks { expect(check) }
            let doors = LabPlan.doors(checks.flatMap(\.anyOf), &taken)
            entries.append(Entry(id: service.id.rawValue, name: service.name, doors: doors))
        }
        if !canaries.isEmpty {
            entries.append(Entry(id: LabPlan.internet, name: "Internet", doors: LabPlan.doors(canaries, &taken)))
        }
    }

    private mutating func expect(_ check: Check) {
        guard let expected = check.expectation.statuses, !expected.contains(200), let status = expected.min() else { return }
        for target in check.anyOf { statuses["\(target.host)\(target.path)"] = status }
    }

    private static func doors(_ targets: [Target], _ taken: inout Set<String>) -> [Door] {
        targets.compactMap { target in
            guard target.kind != .dns, taken.insert("\(target.host):\(target.port)").inserted else { return nil }
            let isTLS = target.kind == .tls || target.kind == .https || target.kind == .wss
            // What stands on port 443 speaks TLS, even where a probe only connects.
            return Door(host: target.host, port: target.port, isTLS: isTLS || target.port == 443)
        }
    }
}
