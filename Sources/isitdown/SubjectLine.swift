import Status

/// What came of one service or address, as `check` shows it.
struct SubjectLine: Encodable {
    let state: Verdict.State
    private let name: String
    private let id: String
    private let scope: Verdict.Scope
    private let confidence: Double?
    private let because: [String]
    private let against: [String]
    private let evidence: [EvidenceLine]

    init(_ service: Service, _ verdict: Verdict, evidence: [EvidenceLine]) {
        id = service.id.rawValue
        name = service.name
        state = verdict.state
        scope = verdict.scope
        confidence = (verdict.confidence * 100).rounded() / 100
        because = verdict.because.map(\.plainText)
        against = verdict.against.map(\.plainText)
        self.evidence = evidence
    }

    /// One look was enough, and its evidence says it all.
    init(_ service: Service, _ state: Verdict.State, evidence: [EvidenceLine]) {
        id = service.id.rawValue
        name = service.name
        self.state = state
        scope = .unclear
        confidence = nil
        because = []
        against = []
        self.evidence = evidence
    }

    private enum Key: String, CodingKey {
        case service, verdict, scope, confidence, because, against, evidence
    }

    func encode(to encoder: any Encoder) throws {
        var line = encoder.container(keyedBy: Key.self)
        try line.encode(id, forKey: .service)
        try line.encode(state.rawValue, forKey: .verdict)
        try line.encode(scope.rawValue, forKey: .scope)
        try line.encode(confidence, forKey: .confidence)
        try line.encode(because, forKey: .because)
        try line.encode(against, forKey: .against)
        try line.encode(evidence, forKey: .evidence)
    }

    /// For people: the verdict, and what it rests on.
    var text: String {
        let sure = state == .unknown ? "" : confidence.map { ", \(Int(($0 * 100).rounded())) % sure" } ?? ""
        let reasons = because.map { "  because " + $0 } + against.map { "  against " + $0 }
        return (["\(name): \(state.rawValue)\(sure)"] + reasons).joined(separator: "\n")
    }
}
