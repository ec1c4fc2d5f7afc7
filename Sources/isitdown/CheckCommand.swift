import ArgumentParser
import Bot
import Logging
import Probes
import Status

/// Probes now, and shows the evidence.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Probe services or addresses now.",
        discussion: """
            A service of the catalogue (kik), a site (example.com), or an address: tls://host:port, tcp://host:port, dns://name, wss://host/path, \
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
        let wanted = try subjects.map { try Subject.named($0, services: services, allowPrivate: allowPrivate) }
        let pages = wanted.compactMap(\.page)
        let desk = session.impatientDesk(adHoc: pages)
        await desk.watch(wanted.map(\.service))

        let slow = Task { try await Patience.explain("Probing") }
        await FeedWatch.askOnce(
            wanted.map(\.service), configuration: session.configuration, desk: desk, log: session.logger(.error))
        let timeout = min(session.configuration.monitor.timeout, .seconds(10))
        let monitor = Monitor(session.configuration, timeout: timeout, adHoc: pages)
        var evidence: [ProbeResult] = []
        var findings: [SubjectLine] = []
        for subject in wanted {
            var results: [ProbeResult] = []
            for check in subject.service.components.flatMap(\.checks) {
                results += await monitor.probeEach(of: check)
            }
            evidence += results
            let lines = results.map { EvidenceLine($0) }
            if let plain = subject.plainState(from: results) {
                findings.append(SubjectLine(subject.service, plain, evidence: lines))
            } else {
                let verdict = await desk.settledVerdict(of: subject.service.id, patience: Session.patience).verdict
                findings.append(SubjectLine(subject.service, verdict, evidence: lines))
            }
        }
        slow.cancel()
        await desk.stop()
        await monitor.shutdown()
        let state = findings.map(\.state).max { severity($0) < severity($1) } ?? .unknown
        if json {
            let all = evidence.map { EvidenceLine($0) }
            try printJSON(CheckLine(verdict: state.rawValue, subjects: findings, evidence: all))
        } else {
            print(EvidenceTable(evidence).text)
            for finding in findings { print(finding.text) }
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
    /// The worst of all.
    let verdict: String
    let subjects: [SubjectLine]
    /// Of all of them, in their order.
    let evidence: [EvidenceLine]
}
