/// An answer, free of any platform: what `Responder` gives out and a platform's renderer lays out within its own limits.
public struct Reply: Hashable, Sendable {
    /// How the answer feels, for platforms that can show it as a colour. The words never depend on it.
    public enum Tone: String, Sendable {
        case good, uneasy, bad, unsure, neutral
    }

    public var tone: Tone
    /// Paragraphs of Markdown in reading order; the first is the verdict in plain words. What does not fit a platform is cut from the end,
    /// a whole paragraph at a time.
    public var paragraphs: [String]
    /// Whether the first paragraph stands by itself, so that the others may be shown apart from it.
    public var hasHeadline = false
    /// What can be chosen instead of asking again, for platforms with buttons. The words never depend on them.
    public var choices: [Choice] = []

    /// Something to press.
    public struct Choice: Hashable, Sendable {
        /// How a button looks; the words never depend on it.
        public enum Weight: Sendable {
            case plain
            /// What most people want.
            case main
            /// What cannot be undone.
            case grave
        }

        public var label: String
        public var action: ChatAction
        public var weight: Weight

        public init(label: String, action: ChatAction, weight: Weight = .plain) {
            self.label = label
            self.action = action
            self.weight = weight
        }
    }

    public init(tone: Tone, paragraphs: [String]) {
        self.tone = tone
        self.paragraphs = paragraphs
    }

    /// The whole answer as one Markdown text.
    public var text: String {
        paragraphs.joined(separator: "\n\n")
    }
}
