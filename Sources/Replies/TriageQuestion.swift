public import Status

/// A question that tells causes apart, as `triage/<id>.md` describes it.
public struct TriageQuestion: Hashable, Sendable, Identifiable {
    /// What can be answered. That one does not know can always be said, and says nothing.
    public struct Answer: Hashable, Sendable {
        /// The section that holds its words; of a question for the mark on a message, what the mark means.
        public var name: String
        /// How likely it is where the fault lies there, 0 ... 1; over all answers of a question these make 1.
        public var likelihood: [Cause: Double]

        public init(name: String, likelihood: [Cause: Double]) {
            self.name = name
            self.likelihood = likelihood
        }
    }

    /// The file's name without `.md`.
    public let id: String
    /// A letter that stands for it in buttons, which outlive the file's name: never given to another question.
    public var key: Character
    /// Where it makes sense.
    public var symptoms: Set<Symptom>
    /// Empty means everywhere.
    public var platforms: Set<Platform>
    /// Asks which mark stands beside a message: only of services that have such marks.
    public var asksForMark: Bool
    public var answers: [Answer]

    public init(
        id: String, key: Character, symptoms: Set<Symptom>, platforms: Set<Platform> = [], asksForMark: Bool = false,
        answers: [Answer]
    ) {
        self.id = id
        self.key = key
        self.symptoms = symptoms
        self.platforms = platforms
        self.asksForMark = asksForMark
        self.answers = answers
    }
}
