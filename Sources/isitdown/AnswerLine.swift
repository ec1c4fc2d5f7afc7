import Status
import Timing

/// What `ask --json` prints. Keys without a value are there, as null.
struct AnswerLine: Encodable {
    private let service: String?
    private let verdict: Verdict?
    private let age: Duration?
    private let because: [String]
    private let against: [String]
    private let reply: String

    init(
        service: String? = nil,
        verdict: Verdict? = nil,
        because: [String] = [],
        against: [String] = [],
        age: Duration? = nil,
        reply: String
    ) {
        self.because = because
        self.against = against
        self.service = service
        self.verdict = verdict
        self.age = age
        self.reply = reply
    }

    private enum Key: String, CodingKey {
        case service, verdict, scope, confidence, ageSeconds = "age_seconds", because, against, reply
    }

    func encode(to encoder: any Encoder) throws {
        var line = encoder.container(keyedBy: Key.self)
        try line.encode(service, forKey: .service)
        try line.encode(verdict?.state.rawValue ?? "unknown", forKey: .verdict)
        try line.encode(verdict?.scope.rawValue ?? "unclear", forKey: .scope)
        try line.encode(((verdict?.confidence ?? 0) * 100).rounded() / 100, forKey: .confidence)
        try line.encode(age.map { ($0.seconds * 10).rounded() / 10 }, forKey: .ageSeconds)
        try line.encode(because, forKey: .because)
        try line.encode(against, forKey: .against)
        try line.encode(reply, forKey: .reply)
    }
}
