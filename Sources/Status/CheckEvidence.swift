public import Timing

/// The recent results of one check, damped both ways.
///
/// It falls silent after 3 failures in a row or 4 of 5, so one lucky answer does not hide an outage, or sooner when everything around it
/// failed twice (`ProbeEvidence`). Any 3 of 5, as Checkmate has it, is too easily had by chance: with one probe in a hundred lost, about once a
/// month for each target that is looked at twice a minute, ten times as often as 3 in a row. It answers again after 3 answers in a row (as
/// updown.io closes its incidents), or after two that lie a whole round apart.
public struct CheckEvidence: Hashable, Sendable {
    /// A result and when it came in.
    public struct Observation: Hashable, Sendable {
        public var result: ProbeResult
        public var at: Instant

        public init(result: ProbeResult, at: Instant) {
            self.result = result
            self.at = at
        }
    }

    /// How many results are kept.
    public static let window = 5
    /// So many in a row make a condition: failures to fall silent, answers to come back.
    public static let quorum = 3
    /// So many failures among those that are kept make it silent, too.
    static let mostOfWindow = 4

    /// At most `window` results, oldest first.
    public private(set) var observations: [Observation] = []
    /// Whether enough results failed, and not enough answers followed.
    public private(set) var isSilent = false
    /// The damped condition, whatever its age.
    private(set) var settledCondition = CheckCondition.unknown

    /// Whether it goes up and down.
    public private(set) var flaps = FlapScore()

    /// No results yet.
    public init() {}

    /// The newest result.
    public var newest: Observation? { observations.last }

    /// How many of the kept results failed.
    public var failures: Int {
        observations.count { $0.result.outcome == .failed }
    }

    /// Whether the newest result is a failure, confirmed or not.
    var isFailing: Bool { newest?.result.outcome == .failed }

    /// Adds a result. What was known before a gap says nothing about the time after it: it is forgotten.
    ///
    /// - Parameters:
    ///   - gap: the silence between two results from which on the older one is forgotten.
    ///   - waits: it stays silent, however often it answers, until `comeBack` is called.
    public mutating func record(_ observation: Observation, gap: Duration, waits: Bool = false) {
        if let newest, newest.at.duration(to: observation.at) > gap { self = CheckEvidence() }
        observations.append(observation)
        if observations.count > CheckEvidence.window { observations.removeFirst() }
        if !isSilent {
            isSilent = failures >= CheckEvidence.mostOfWindow || endsInFailures
        } else if !waits, answersInARow >= CheckEvidence.quorum {
            isSilent = false
        }
        settledCondition = prevailingCondition
    }

    /// Keeps in mind how the result just recorded left the condition, once all that follows from it is settled.
    mutating func noteCondition() {
        flaps.note(isDown: isSilent)
    }

    /// The family of addresses that failed in the newest results, so many that it is no chance, while the other one answered.
    var deadFamily: ProbeResult.Family? {
        let newest = observations.suffix(CheckEvidence.quorum)
        guard newest.count == CheckEvidence.quorum, let family = newest.last?.result.deadFamily else { return nil }
        return newest.allSatisfy { $0.result.deadFamily == family } ? family : nil
    }

    private var endsInFailures: Bool {
        observations.count >= CheckEvidence.quorum
            && observations.suffix(CheckEvidence.quorum).allSatisfy { $0.result.outcome == .failed }
    }

    private var answersInARow: Int {
        observations.reversed().prefix { $0.result.outcome != .failed }.count
    }

    /// Whether it has answered often enough since it fell silent, or long enough: over two rounds, `round` apart.
    func hasAnsweredEnough(round: Duration) -> Bool {
        let answers = observations.suffix(answersInARow)
        guard let first = answers.first, let last = answers.last else { return false }
        return answers.count >= CheckEvidence.quorum || first.at.duration(to: last.at) >= round
    }

    /// Takes it for answering again.
    mutating func comeBack() {
        isSilent = false
        settledCondition = prevailingCondition
    }

    /// Whether the newest results failed in two rounds, `round` apart.
    func failedTwice(round: Duration) -> Bool {
        let failures = observations.reversed().prefix { $0.result.outcome == .failed }
        guard let last = failures.first, let first = failures.last else { return false }
        return first.at.duration(to: last.at) >= round
    }

    /// Whether the newest result failed and one of the two before it.
    var failedTwiceOfThree: Bool {
        isFailing && observations.suffix(3).count { $0.result.outcome == .failed } >= 2
    }

    /// Whether one of the kept results is an answer: what fell silent has not been so for long.
    var hasAnswer: Bool { failures < observations.count }

    /// How many results failed since the last answer.
    var failuresInARow: Int {
        observations.reversed().prefix { $0.result.outcome == .failed }.count
    }

    /// Takes it for silent because of what failed around it.
    mutating func fallSilent() {
        isSilent = true
        settledCondition = .silent
    }

    private var prevailingCondition: CheckCondition {
        if isSilent { return .silent }
        let answers = observations.count - failures
        if answers == 0 { return .unknown }
        // Before there is anything to contradict it, one answer is enough.
        func prevails(_ outcome: ProbeResult.Outcome) -> Bool {
            let count = observations.count { $0.result.outcome == outcome }
            return count >= CheckEvidence.quorum || count == answers
        }
        if prevails(.blocked) { return .refuses }
        return prevails(.slow) ? .slow : .answers
    }

    /// The middle of the answers' times, in milliseconds; nil when nothing answered.
    var medianMilliseconds: Int? {
        let times = observations.filter { $0.result.outcome != .failed }.map(\.result.total).sorted()
        guard !times.isEmpty else { return nil }
        return Int(exactly: times[times.count / 2].milliseconds.rounded())
    }
}

/// What is believed of one check.
public enum CheckCondition: Hashable, Sendable {
    /// Not enough results, or too old.
    case unknown
    case answers
    case slow
    /// It answers and refuses us: alive, and nothing is known of how it serves others.
    case refuses
    /// It was silent and has answered since, but not often enough yet.
    case recovering
    case silent
}

extension ProbeResult.Outcome {
    /// The condition that this result alone would make.
    var condition: CheckCondition {
        switch self {
        case .ok: .answers
        case .slow: .slow
        case .blocked: .refuses
        case .failed: .silent
        }
    }
}
