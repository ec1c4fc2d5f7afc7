import Status
import Timing

extension Instant {
    /// So many seconds after the origin.
    static func s(_ seconds: Double) -> Instant { .origin.advanced(by: .milliseconds(Int64(seconds * 1_000))) }
}

extension Target {
    static func host(_ name: String) -> Target { Target(kind: .tls, host: name, port: 443) }
}

extension ProbeResult {
    static func of(_ outcome: Outcome, _ check: Check = .android, phase: Phase? = nil) -> ProbeResult {
        ProbeResult(
            target: check.anyOf[0],
            outcome: outcome,
            phase: phase ?? (outcome == .failed ? .connect : nil),
            total: .milliseconds(80)
        )
    }
}

extension Check {
    static let android = Check(id: "android", anyOf: [.host("android.test")])
    static let ios = Check(id: "ios", anyOf: [.host("ios.test")])
    static let files = Check(id: "files", anyOf: [.host("files.test")])
    static let www = Check(id: "www", anyOf: [.host("www.test")])
}

extension Component {
    static let messaging = Component(id: "messaging", name: "message servers", weight: 1, checks: [.android, .ios])
    static let media = Component(id: "media", name: "pictures", weight: 0.3, checks: [.files])
    static let website = Component(id: "website", name: "website", weight: 0, checks: [.www])
}

extension Service {
    static let kik = Service(id: "kik", name: "Kik", components: [.messaging, .media, .website])
    /// One component with one check, for walks through the board.
    static let tiny = Service(
        id: "tiny",
        name: "Tiny",
        components: [Component(id: "messaging", name: "message servers", weight: 1, checks: [.android])]
    )
}

/// Results written as letters, oldest first: `o` ok, `s` slow, `b` blocked, `F` failed.
func outcomes(_ letters: String) -> [ProbeResult.Outcome] {
    letters.map { letter in
        switch letter {
        case "o": .ok
        case "s": .slow
        case "b": .blocked
        case "F": .failed
        default: preconditionFailure("no outcome is written “\(letter)”")
        }
    }
}

/// The evidence that these results make when one comes in every ten seconds, the last of them at 100 s.
func evidence(_ letters: String, _ check: Check = .android) -> CheckEvidence {
    var evidence = CheckEvidence()
    for (place, outcome) in outcomes(letters).enumerated() {
        let at = Instant.s(Double(100 - 10 * (letters.count - 1 - place)))
        evidence.record(CheckEvidence.Observation(result: .of(outcome, check), at: at), gap: .seconds(60))
    }
    return evidence
}
