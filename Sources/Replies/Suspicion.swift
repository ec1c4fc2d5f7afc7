import Glibc

/// How likely each cause is, as far as one knows: a distribution that answers sharpen (Bayes, the answers taken as independent).
public struct Suspicion: Hashable, Sendable {
    /// The likelihood of each cause, in the order of `Cause.allCases`; together 1.
    private var shares: [Double]

    /// - Parameters:
    ///   - server: how likely the servers are at fault, 0 ... 1.
    ///   - local: how the rest is shared out; nil entries are never suspected.
    public init(server: Double, local: [Cause: Double]) {
        let others = local.filter { $0.key != .server }
        let total = others.values.reduce(0, +)
        shares = Cause.allCases.map { cause in
            if cause == .server { return total > 0 ? server : 1 }
            return total > 0 ? (1 - server) * (others[cause] ?? 0) / total : 0
        }
    }

    public subscript(cause: Cause) -> Double {
        shares[Cause.allCases.firstIndex(of: cause) ?? 0]
    }

    /// The likeliest cause and how likely it is.
    public var leading: (cause: Cause, share: Double) {
        let index = shares.indices.max { shares[$0] < shares[$1] } ?? 0
        return (Cause.allCases[index], shares[index])
    }

    public func sharpened(by answer: TriageQuestion.Answer) -> Suspicion {
        var sharpened = self
        for (index, cause) in Cause.allCases.enumerated() { sharpened.shares[index] *= answer.likelihood[cause] ?? 0 }
        let total = sharpened.shares.reduce(0, +)
        // Answers that contradict each other leave nothing; then the last one counts for nothing.
        guard total > 0 else { return self }
        sharpened.shares = sharpened.shares.map { $0 / total }
        return sharpened
    }

    /// How much a question is expected to tell, in bits: what is unknown now less what will be after its answer.
    public func gain(of question: TriageQuestion) -> Double {
        let after = question.answers.reduce(0.0) { sum, answer in
            let chance = zip(Cause.allCases, shares).reduce(0.0) { $0 + $1.1 * (answer.likelihood[$1.0] ?? 0) }
            return sum + chance * sharpened(by: answer).entropy
        }
        return entropy - after
    }

    /// In bits.
    private var entropy: Double {
        shares.reduce(0) { $1 > 0 ? $0 - $1 * log2($1) : $0 }
    }
}
