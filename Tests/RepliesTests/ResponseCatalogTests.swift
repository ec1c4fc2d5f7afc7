import Diagnostics
import Replies
import Status
import Testing

@Suite("Reading the texts")
struct ResponseCatalogTests {
    @Test("the project's own texts have no mistake")
    func ownTexts() throws {
        #expect(try Samples.catalog().languages.contains("en"))
    }

    @Test("a missing file is named")
    func missingFile() {
        let mistakes = Samples.mistakes(changing: "en/verdicts.md") { _ in nil }
        #expect(mistakes.map(\.description) == ["Responses/en/verdicts.md: The file is missing. English has to be complete."])
    }

    /// A change to one file, the line to which it leads, and what is said there.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var path: String
        var replace: String
        var with: String
        /// The text that stands on the line to which the diagnostic points; nil when it points to the whole file.
        var line: String?
        var says: String

        var testDescription: String { says }
    }

    static let mistakes = [
        Mistake(
            path: "en/verdicts.md",
            replace: "{{service}} answers me",
            with: "{{servcie}} answers me",
            line: "{{servcie}} answers me",
            says: "Unknown placeholder {{servcie}}. Did you mean {{service}}?"
        ),
        Mistake(
            path: "en/thanks.md",
            replace: "You're welcome",
            with: "You're welcome {{service}}",
            line: "{{service}}",
            says: "This text has no placeholders."
        ),
        Mistake(
            path: "en/help.md",
            replace: "I explain.",
            with: "I {{> explain}}.",
            line: "{{> explain}}",
            says: "Unknown placeholder {{> explain}}."
        ),
        Mistake(
            path: "en/help.md", replace: "I explain.", with: "I {{expl.", line: "{{expl.", says: "A placeholder is not closed."),
        Mistake(
            path: "en/help.md",
            replace: "{{/services}}",
            with: "",
            line: nil,
            says: "A section is not closed as it was opened."
        ),
        Mistake(
            path: "en/times.md",
            replace: "## days",
            with: "## dayss",
            line: "{{count}} days ago",
            says: "Did you mean “## days”?"
        ),
        Mistake(path: "en/times.md", replace: "## days", with: "## dayz", line: nil, says: "The text “days” is missing."),
        Mistake(
            path: "en/fixes/reset.md",
            replace: "level: 8",
            with: "levle: 8",
            line: "levle: 8",
            says: "Unknown key “levle”. Did you mean “level”?"
        ),
        Mistake(
            path: "en/fixes/reset.md", replace: "level: 8\n", with: "", line: "platforms:", says: "The key “level” is missing."),
        Mistake(
            path: "en/fixes/reset.md",
            replace: "erases: chats",
            with: "erases: chat",
            line: "erases: chat",
            says: "Did you mean “chats”?"
        ),
        Mistake(
            path: "en/fixes/reset.md",
            replace: "## loss",
            with: "## mac",
            line: "erases: chats",
            says: "This step erases chats and does not say what is lost."
        ),
        Mistake(
            path: "en/fixes/reset.md",
            replace: "[android, ios, windows]",
            with: "[android, iso]",
            line: "[android, iso]",
            says: "Did you mean “ios”?"
        ),
        Mistake(
            path: "en/fixes/reinstall.md",
            replace: ", <{{googlePlay}}>",
            with: "",
            line: "needs_store: true",
            says: "On android this step needs the store"
        ),
        Mistake(
            path: "en/fixes/network.md", replace: "---\nlevel", with: "level", line: "level", says: "The front matter is missing."
        ),
        Mistake(
            path: "en/symptoms/crash.md",
            replace: "restart,",
            with: "restrat,",
            line: "restrat",
            says: "There is no step “restrat”. Did you mean “restart”?"
        ),
        Mistake(
            path: "en/symptoms/crash.md",
            replace: "reset, reinstall",
            with: "reinstall, reset",
            line: "reinstall, reset",
            says: "“reset” stands after “reinstall”, which erases more."
        ),
        Mistake(
            path: "en/symptoms/crash.md",
            replace: "reset, reinstall",
            with: "reset, network",
            line: "reset, network",
            says: "“network” stands after “reset”, which erases more."
        ),
        Mistake(
            path: "en/services/kik.md",
            replace: "https://ws.kik.com/p",
            with: "http://ws.kik.com/p",
            line: "http://ws.kik.com/p",
            says: "A link here is not https."
        ),
        Mistake(
            path: "en/thanks.md",
            replace: "You're welcome",
            with: "[You're](www.example.com) welcome",
            line: "(www.example.com)",
            says: "A link here is not https."
        ),
        Mistake(
            path: "en/thanks.md",
            replace: "You're welcome",
            with: "You're welcome" + String(repeating: ", really", count: 60),
            line: "really",
            says: "300 is the most."
        ),
        Mistake(path: "en/explain/bugs.md", replace: "words: [", with: "words: {", line: "words: {", says: "This is not YAML"),
        Mistake(
            path: "en/times.md",
            replace: "## now\njust now",
            with: "just now\n## now\njust now",
            line: "just now",
            says: "Text stands before the first heading."
        ),
        Mistake(path: "en/times.md", replace: "## minutes", with: "## minute", line: "minutes ago", says: "stands here twice"),
    ]

    @Test("each mistake is found, with its file and line", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws {
        var lines: [Substring] = []
        let found = Samples.mistakes(changing: mistake.path) { text in
            #expect(text.contains(mistake.replace), "the sample no longer fits the text")
            let changed = text.replacing(mistake.replace, with: mistake.with, maxReplacements: 1)
            lines = changed.split(separator: "\n", omittingEmptySubsequences: false)
            return changed
        }
        let diagnostic = try #require(found.first { $0.description.contains(mistake.says) }, "\(found)")
        #expect(diagnostic.file == "Responses/\(mistake.path)")
        guard let expected = mistake.line else { return }
        let line = try #require(diagnostic.line)
        try #require(lines.indices.contains(line - 1))
        #expect(lines[line - 1].contains(expected))
    }

    @Test("a file of a wrong name is not passed over in silence")
    func unreadFile() {
        let mistakes = Samples.mistakes(changing: "en/verdict.md") { _ in "Hello" }
        let wanted = "Responses/en/verdict.md: Nothing reads a file of this name. Did you mean “verdicts.md”?"
        #expect(mistakes.map(\.description) == [wanted])
    }

    @Test("what stands in a form is short enough for one")
    func formLimits() {
        let mistakes = Samples.mistakes(changing: "en/triage.md") {
            $0.replacing("In your own words, without", with: "In your own good words, without")
        }
        #expect(mistakes.map(\.message) == ["The text “words-label” has 50 characters; 45 is the most."])
    }

    @Test("all mistakes of all files come at once")
    func allAtOnce() {
        #expect(throws: InvalidResponses.self) { _ = try ResponseCatalog(files: []) }
        let count = Samples.mistakes(changing: "en/times.md") { _ in "## now\n{{x}}\n## day\n{{y}}" }.count
        #expect(count == 12)
    }

    @Test("other people's files are left alone")
    func foreignFiles() {
        #expect(Samples.mistakes(changing: "en/examples.tsv") { _ in "{{" }.isEmpty)
        #expect(Samples.mistakes(changing: "README.md") { _ in "{{" }.isEmpty)
    }

    @Test("windows line ends and a byte order mark change nothing")
    func foreignLineEnds() throws {
        let files = Samples.files.map { (path: $0.path, text: "\u{FEFF}" + $0.text.replacing("\n", with: "\r\n")) }
        let composer = ReplyComposer(catalog: try ResponseCatalog(files: files))
        #expect(composer.compose(.thanks) == (try Samples.composer()).compose(.thanks))
    }

    @Test("a text of any depth does not exhaust it")
    func deepText() {
        let depth = 4_000
        let deep = String(repeating: "{{#loss}}", count: depth) + String(repeating: "{{/loss}}", count: depth - 1_000)
        let mistakes = Samples.mistakes(changing: "en/history.md") { _ in deep }
        #expect(mistakes.map(\.line) == [1])
    }

    @Test("a file of any size does not hang it")
    func largeFile() {
        let mistakes = Samples.mistakes(changing: "en/thanks.md") { _ in String(repeating: "{{#a}}", count: 200_000) }
        #expect(mistakes.contains { $0.message.contains("larger than") })
    }
}
