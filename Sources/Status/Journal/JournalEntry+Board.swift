import Timing

extension JournalEntry {
    /// What came in at a board, as a journal has it; nil for what is no evidence.
    ///
    /// - Parameters:
    ///   - vantage: the name of the place from which it probes.
    ///   - alias: what a journal calls people and the places where they speak.
    public init?(_ input: StatusBoard.Input, at: Timestamp, vantage: String, alias: (String) -> String) {
        let evidence: Evidence
        switch input {
        case .probed(let service, let component, _, let result):
            evidence = .probe(
                ProbeSighting(
                    service: service, component: component, target: result.target.journalName, vantage: vantage,
                    outcome: result.outcome, phase: result.phase, milliseconds: Int(result.total.milliseconds.rounded())))
        case .canaryAnswered(let target, let ok, _): evidence = .canary(target: target.journalName, isOK: ok)
        case .officialSaid(let service, let source, let word): evidence = .feed(service: service, source: source, word: word)
        case .pageSaid(let service, let source, let word): evidence = .page(service: service, source: source, word: word)
        case .personSaid(let service, let voice, _):
            evidence = .report(service: service, who: alias(voice.who), place: alias(voice.place), says: voice.says)
        case .asked, .catalogueChanged, .tick: return nil
        }
        self.init(at: at, evidence: evidence)
    }
}

extension Target {
    /// `host:port` where that says it all, else the whole URL.
    fileprivate var journalName: String {
        switch kind {
        case .dns, .http, .https, .ws, .wss: description
        case .tcp, .tls: authority
        }
    }
}
