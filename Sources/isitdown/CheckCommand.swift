import ArgumentParser
import Bot
import Diagnostics
import Logging
import Probes
import Status

/// Probes now, and shows the evidence.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Probe services or addresses now.",
        discussion: """
            A service of the catalogue (kik), or an address: tls://host:port, tcp://host:port, dns://name, wss://host/path, \
            https://host/path.

            A web page, http:// or https://, is looked at as the bot would for a stranger: on its usual port, at public addresses \
            only, following up to five redirects, each by the same rules. With --allow-private it is looked at wherever it is, and \
            a redirect is an answer. The other kinds, which no stranger can ask for, go where they are told.

            Exits 0 up, 1 degraded or partial, 2 down, 3 unknown.
            """
    )

    @Argument(help: ArgumentHelp("A service or an address; several are all looked at.", valueName: "service|url"))
    var subjects: [String]

    @Flag(help: "One JSON object: the verdict and each probe with its phases in milliseconds.")
    var json = false

    @Flag(help: "Look at web pages on private addresses and other ports, too.")
    var allowPrivate = false

    func run() async throws {
        let session = try Session()
        let services = try Session.orExit { () throws(Mistakes) in try session.installation.services(session.configuration) }
        let wanted = try subjects.map { try Subject($0, services: services, allowPrivate: allowPrivate) }
        let pages = wanted.compactMap(\.page)
        let desk = session.impatientDesk(adHoc: pages)
        await desk.watch(wanted.map(\.service))

        let slow = Task { try await Patience.explain("Probing") }
        await FeedWatch.askOnce(
            wanted.map(\.service), configuration: session.configuration, desk: desk, log: session.logger(.error))
        let timeout = min(session.configuration.monitor.timeout, .seconds(10))
        let monitor = Monitor(session.configuration, timeout: timeout, adHoc: pages)
        var evidence: [ProbeResult] = []
        var states: [Verdict.State] = []
        for subject in wanted {
            var results: [ProbeResult] = []
            for check in subject.service.components.flatMap(\.checks) {
                results += await monitor.probeEach(of: check)
            }
            evidence += results
            if let plain = subject.plainState(from: results) {
                states.append(plain)
            } else {
                states.append(await desk.settledVerdict(of: subject.service.id, patience: Session.patience).verdict.state)
            }
        }
        slow.cancel()
        await desk.stop()
        await monitor.shutdown()
        let state = states.max { severity($0) < severity($1) } ?? .unknown
        if json {
            try printJSON(CheckLine(verdict: state.rawValue, evidence: evidence.map { EvidenceLine($0) }))
        } else {
            print(EvidenceTable(evidence).text)
            for (subject, state) in zip(wanted, states) { print("\(subject.service.name): \(state.rawValue)") }
        }
        throw ExitStatus.of(state)
    }

    /// The worst of several decides; not to know is worse than to know that all is well.
    private func severity(_ state: Verdict.State) -> Int {
        switch state {
        case .up: 0
        case .maintenance, .unknown: 1
        case .degraded: 2
        case .partial: 3
        case .down: 4
        }
    }
}

private struct CheckLine: Encodable {
    let verdict: String
    let evidence: [EvidenceLine]
}

extension ProbeResult {
    /// A failure that needs no second look: the host answered with another status than hoped for, or is this machine.
    ///
    /// Many hosts have nothing to show at the address that people think of, so a 404 is an answer like any other.
    fileprivate var plainFailure: Verdict.State? {
        switch status {
        case .some(400..<500): .up
        case .some: .degraded
        case nil: target.isOnThisMachine ? .down : nil
        }
    }
}

extension Target {
    fileprivate var isOnThisMachine: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}

/// What to look at: a service of the catalogue, or one made up for an address.
private struct Subject {
    let service: Service
    /// The web page that the service is made up for, to be looked at behind the guard.
    private(set) var page: AdHocTarget?

    /// What one look is enough for; nil where only confirmation, and a look at our own connection, can tell.
    ///
    /// An address that answers is up, whatever else does not. One on this machine needs no Internet to be down.
    func plainState(from results: [ProbeResult]) -> Verdict.State? {
        guard isAddress, let result = results.first else { return nil }
        return switch result.outcome {
        case .ok, .blocked: .up
        case .slow: .degraded
        case .failed where !result.isEvidence: .unknown
        case .failed: result.plainFailure
        }
    }

    private var isAddress: Bool { service.id.rawValue.contains("://") }

    init(_ text: String, services: [Service], allowPrivate: Bool) throws {
        let name = text.lowercased()
        if let known = services.first(where: { $0.id.rawValue == name || $0.name.lowercased() == name }) {
            service = known
            return
        }
        guard text.contains("://") else {
            let known = services.map(\.id.rawValue)
            let nearest = nearestName(to: text, among: known).map { " Did you mean “\($0)”?" } ?? ""
            let remedy = "For an address write its scheme, such as https://\(text)."
            complain("“\(text)” is no service of the catalogue.\(nearest) \(remedy)")
            throw ExitStatus.usage
        }
        if !allowPrivate, name.hasPrefix("http://") || name.hasPrefix("https://") {
            page = try Subject.page(text)
        }
        do {
            let target = try page?.target ?? Target(text)
            let check = Check(id: "address", anyOf: [target])
            let component = Component(id: "address", name: target.authority, weight: 1, checks: [check])
            service = Service(id: ServiceID(target.description), name: target.description, components: [component])
        } catch {
            complain("\(error).")
            throw ExitStatus.usage
        }
    }

    private static func page(_ text: String) throws -> AdHocTarget {
        do throws(AdHocRefusal) {
            return try AdHocTarget(text)
        } catch {
            let isTarget = (try? Target(text)) != nil
            complain("“\(text)” is not looked at: \(error).\(isTarget ? " Add --allow-private to look all the same." : "")")
            throw ExitStatus.usage
        }
    }
}
