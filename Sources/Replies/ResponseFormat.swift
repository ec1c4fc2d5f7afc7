import Status

/// What a file of `Responses/<language>/` may and must hold.
struct ResponseFormat {
    /// The keys of its front matter.
    var keys: [String] = []
    var required: [String]
    var optional: [String] = []
    /// What can be filled in.
    var placeholders: [String] = []
    /// Whether it may hold sections of other names, which its front matter gives.
    var isOpen = false
    /// The longest text of a section, in UTF-16 units, which is how Discord counts.
    var longest: Int
    /// Of single sections that a smaller place holds.
    var longestOf: [String: Int] = [:]

    /// The format of the file at `path` (relative to the language's folder); nil for a path that nothing reads.
    init?(path: String) {
        if let fixed = Self.fixed[path] {
            self = fixed
            return
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].hasSuffix(".md"), parts[1].count > 3 else { return nil }
        switch parts[0] {
        case "fixes": self = Self.fix
        case "services": self = Self.service
        case "triage": self = Self.question
        default: return nil
        }
    }

    init(
        keys: [String] = [],
        required: [String] = ["text"],
        optional: [String] = [],
        placeholders: [String] = [],
        longest: Int
    ) {
        self.keys = keys
        self.required = required
        self.optional = optional
        self.placeholders = placeholders
        self.longest = longest
    }

    /// The keys of any file's front matter.
    static let allKeys = Set((Array(fixed.values) + [fix, service, question]).flatMap(\.keys)).sorted()

    /// The files that English must have.
    static let requiredPaths = fixed.keys.sorted()

    private static let aboutService = ["service", "support", "statusPage", "appStore", "googlePlay", "loss"]
    private static let states = Verdict.State.allCases.map(\.rawValue)
    private static let platforms = Platform.allCases.map(\.rawValue)

    private static let fix = ResponseFormat(
        keys: ["level", "platforms", "minutes", "erases", "helps", "needs_store"],
        required: ["title", "cost"],
        optional: ["how", "loss"] + platforms,
        placeholders: aboutService,
        longest: 500
    )

    private static let service = ResponseFormat(
        keys: ["platforms"],
        required: ["loss"],
        optional: ["contact", "elsewhere"] + platforms + Symptom.allCases.map(\.rawValue) + marks.map { "mark-\($0)" },
        placeholders: aboutService,
        longest: 450
    )

    /// How far a message may have come, as marks beside it show.
    static let marks = ["waiting", "sent", "delivered", "failed"]

    private static let question: ResponseFormat = {
        var format = ResponseFormat(
            keys: ["key", "symptoms", "platforms", "marks", "answers"], required: ["question"], placeholders: aboutService,
            longest: 300)
        format.isOpen = true
        return format
    }()

    /// Its sections are the names of the catalogue's components.
    private static let parts: ResponseFormat = {
        var format = ResponseFormat(required: [], longest: 80)
        format.isOpen = true
        return format
    }()

    private static let verdicts = ResponseFormat(
        required: states + ["part"],
        optional: states.flatMap { state in Verdict.Scope.allCases.map { "\(state) \($0.rawValue)" } }
            + [
                "up told", "degraded told", "partial told", "down told", "up unconfirmed", "partial partly-silent",
                "degraded unstable",
                "unknown blind", "unknown stale", "unknown no-evidence",
            ],
        placeholders: aboutService + ["part", "age"],
        longest: 320
    )

    private static let reasons = ResponseFormat(
        required: [
            "because", "against", "answers", "slow", "blocked", "silent", "partly-silent", "recovering", "unconfirmed", "blind",
            "stale", "no-evidence", "pages", "pages up", "people", "places", "family-silent v4", "family-silent v6", "unstable",
        ] + OfficialWord.allCases.map { "official \($0.rawValue)" },
        optional: ProbeResult.Phase.allCases.map { "silent \($0.rawValue)" } + ["partly-silent android", "partly-silent ios"],
        placeholders: aboutService + ["component", "check", "time", "failed", "of", "reasons", "source", "count"],
        longest: 200
    )

    private static let times = ResponseFormat(
        required: [
            "now", "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "took-short", "took-long", "decimal",
        ],
        optional: ["seconds", "minute", "minutes", "hour", "hours", "day", "days"].map { "length-\($0)" },
        placeholders: ["count"],
        longest: 60
    )

    private static let labels =
        [
            "again", "same", "works", "fix", "tell", "helped", "not-helped", "unsure", "agree", "decline", "in-store",
            "not-in-store", "anyway", "start-over", "none-of-them", "own-words",
        ] + platforms + Symptom.allCases.map(\.rawValue) + ExplainTopic.allCases.map(\.rawValue)

    private static let fixed: [String: ResponseFormat] = {
        var formats = [
            "verdicts.md": verdicts,
            "reasons.md": reasons,
            "times.md": times,
            "advice.md": ResponseFormat(required: states, optional: ["unknown blind"], placeholders: aboutService, longest: 420),
            "fixes.md": ResponseFormat(
                keys: ["words"],
                required: [
                    "intro", "next", "time", "ask", "risk", "last", "keep-waiting", "uncertain", "harmless-only", "elsewhere",
                    "windows-phone",
                ],
                placeholders: aboutService + ["problem", "minutes", "cost"],
                longest: 420
            ),
            "contact.md": ResponseFormat(
                keys: ["words"],
                required: ["where", "what-to-say", "careful"],
                placeholders: aboutService,
                longest: 420
            ),
            "history.md": ResponseFormat(
                optional: ["none", "last", "lasts", "count", "young", "gaps", "unwatched"],
                placeholders: aboutService + ["watched", "ago", "length", "count"], longest: 420),
            "site.md": ResponseFormat(
                required: [
                    "up", "slow", "blocked", "error", "failed", "blind", "wait-person", "wait-others", "elsewhere", "unreadable",
                ],
                optional: ProbeResult.Phase.allCases.map { "failed \($0.rawValue)" },
                placeholders: ["host", "time", "status", "length"],
                longest: 300),
            "retired.md": ResponseFormat(
                optional: ["successor"], placeholders: aboutService + ["closed", "successor"], longest: 420),
            "subscribe.md": ResponseFormat(optional: ["service"], placeholders: aboutService, longest: 420),
            "commands.md": CommandText.format,
            "labels.md": ResponseFormat(required: labels, longest: 80),
            "triage.md": ResponseFormat(
                required: [
                    "symptom", "lead", "lead-unsure", "words-title", "words-label", "helped", "which", "fixed", "fixed-by",
                    "waiting", "waiting-told", "support", "agreed", "store", "no-store", "declined", "resumed", "changed",
                    "expired", "found-unclear", "found-server-unsure", "device",
                ] + Cause.allCases.map { "found-\($0.rawValue)" },
                placeholders: aboutService + ["count", "step"], longest: 420),
            "parts.md": parts,
            "people.md": ResponseFormat(
                required: [
                    "noted-down", "noted-up", "watching", "telling", "told-already", "up-already", "not-watching",
                    "was-not-watching", "too-many", "announcing", "announcing-already", "not-announcing", "was-not-announcing",
                    "announced", "announced-nothing", "news-down", "news-up", "last-message",
                ],
                placeholders: aboutService + ["count", "channel", "list"], longest: 420),
            "settings.md": ResponseFormat(
                required: [
                    "shown", "changed", "none", "talk-never", "talk-sure", "talk-eager", "not-allowed", "only-server",
                    "no-language", "this-language",
                ],
                placeholders: ["default", "language", "talk", "languages"], longest: 420),
            "overview.md": ResponseFormat(
                required: states + ["title", "more", "all-up", "blind"], placeholders: ["services", "count"], longest: 300),
            "refusals.md": ResponseFormat(
                required: [
                    "stale", "unknown-service", "no-service", "no-question", "cannot-speak", "unknown-command", "trouble",
                    "not-here",
                ],
                placeholders: ["name", "guess", "channel"], longest: 420),
            "changes.md": ResponseFormat(
                keys: ["words"],
                required: ["worse", "better", "home", "me", "me-blind", "you"],
                placeholders: aboutService + ["reached", "of"], longest: 420),
            "help.md": ResponseFormat(placeholders: ["services"], longest: 1_200),
            "not-watched.md": ResponseFormat(placeholders: ["services"], longest: 420),
            "did-you-mean.md": ResponseFormat(
                required: ["text", "guess", "prompt", "fixes", "history", "otherwise"], placeholders: ["services", "service"],
                longest: 420),
            "which-service.md": ResponseFormat(placeholders: ["services"], longest: 420),
            "thanks.md": ResponseFormat(longest: 300),
        ]
        // The title and the label of a form.
        formats["triage.md"]?.longestOf = ["words-title": 45, "words-label": 45]
        for topic in ExplainTopic.allCases {
            formats["explain/\(topic.rawValue).md"] = ResponseFormat(keys: ["words"], longest: 1_500)
        }
        for symptom in Symptom.allCases {
            formats["symptoms/\(symptom.rawValue).md"] = ResponseFormat(
                keys: ["steps", "causes"],
                required: ["problem", "opening"],
                optional: ["ask"],
                placeholders: aboutService,
                longest: 320
            )
        }
        return formats
    }()
}
