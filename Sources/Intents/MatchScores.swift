/// How well matches agree with what was meant.
public struct MatchScores: CustomStringConvertible, Sendable {
    private var pairs: [(meant: Intent, match: IntentMatch)] = []

    /// How many matches were added.
    public var count: Int { pairs.count }

    /// Nothing yet.
    public init() {}

    /// Adds a match, and what was meant.
    public mutating func add(meant: Intent, match: IntentMatch) {
        pairs.append((meant, match))
    }

    /// The share of matches with the right intent.
    public var accuracy: Double {
        share(of: pairs) { $0.meant == $0.match.intent }
    }

    /// The mean of the F1 of each intent that was meant at least once.
    public var macroF1: Double {
        let intents = Intent.allCases.filter { intent in pairs.contains { $0.meant == intent } }
        return intents.map { intent in f1 { $0 == intent } }.reduce(0, +) / Double(intents.count)
    }

    /// The F1 of “wants an answer”.
    public var answerF1: Double {
        f1 { $0.wantsAnswer }
    }

    /// Of the messages that want no answer, those that get one without having addressed the bot.
    public var chatterAnswered: Double {
        share(of: pairs.filter { !$0.meant.wantsAnswer }) { $0.match.isSure(enoughFor: .chat()) }
    }

    /// Of the messages that want an answer, those that get one without having addressed the bot.
    public var questionsAnswered: Double {
        share(of: pairs.filter { $0.meant.wantsAnswer }) { $0.match.isSure(enoughFor: .chat()) }
    }

    /// The mean distance between confidence and accuracy over ten bins of confidence.
    public var calibrationError: Double {
        let bins = Dictionary(grouping: pairs) { Int($0.match.confidence * 10) }
        let distances = bins.values.map { bin in
            abs(bin.reduce(0) { $0 + $1.match.confidence } - Double(bin.count { $0.meant == $0.match.intent }))
        }
        return distances.reduce(0, +) / Double(pairs.count)
    }

    /// What was taken for what, most frequent first.
    public var confusions: [String] {
        let missed = pairs.filter { $0.meant != $0.match.intent }
        let wrong = Dictionary(grouping: missed) { "\($0.meant) taken for \($0.match.intent)" }
        return wrong.map { (name: $0.key, count: $0.value.count) }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
            .map { "\($0.name) \($0.count)" }
    }

    /// All figures in one line.
    public var description: String {
        let figures = [
            ("accuracy", accuracy), ("macro-F1", macroF1), ("needs-an-answer F1", answerF1),
            ("chatter answered", chatterAnswered),
            ("questions answered", questionsAnswered), ("calibration error", calibrationError),
        ]
        let list = figures.map { "\($0.0) \(($0.1 * 1_000).rounded() / 1_000)" }.joined(separator: ", ")
        return "\(pairs.count) messages: \(list); \(confusions.prefix(8).joined(separator: ", "))"
    }

    private func f1(_ belongs: (Intent) -> Bool) -> Double {
        let hits = pairs.count { belongs($0.meant) && belongs($0.match.intent) }
        let misses = pairs.count { belongs($0.meant) != belongs($0.match.intent) }
        return hits == 0 ? 0 : 2 * Double(hits) / Double(2 * hits + misses)
    }

    private func share(of pairs: [(meant: Intent, match: IntentMatch)], _ claim: ((meant: Intent, match: IntentMatch)) -> Bool)
        -> Double
    {
        pairs.isEmpty ? 0 : Double(pairs.count(where: claim)) / Double(pairs.count)
    }
}
