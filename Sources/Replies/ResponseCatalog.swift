import Diagnostics
public import Status

/// Everything the bot says, by language; it exists only when English is complete and nothing in any language is wrong.
public struct ResponseCatalog: Sendable {
    /// The language that is complete, and that states the facts about steps and services.
    public static let base = "en"

    /// The languages that have a folder, as their folders are called.
    public let languages: [String]
    /// The files that a language leaves to another, by language: said in English there.
    public let untranslated: [String: [String]]
    /// Every step, by id.
    public let steps: [FixStep.ID: FixStep]
    /// What tells causes apart, by name.
    public let questions: [TriageQuestion]
    private let orders: [Symptom: [FixStep]]
    private let causes: [Symptom: [Cause: Double]]
    private let marked: Set<ServiceID>
    private let platforms: [ServiceID: Set<Platform>]
    private let notHelped: [String: [SpokenWords]]
    private let requests: [String: [SpokenRequest]]
    private let texts: [String: [String: [String: Template]]]

    /// Reads the texts.
    ///
    /// - Parameters:
    ///   - files: each file's path relative to `Responses/` (`en/verdicts.md`) and its text. Files that do not end in `.md`, and
    ///     those outside a language's folder, are left alone.
    ///   - folder: what to put before paths in messages, so that people find the file.
    /// - Throws: all mistakes of all files at once.
    public init(files: [(path: String, text: String)], folder: String = "Responses") throws(InvalidResponses) {
        var reader = ResponseReader(folder: folder)
        for (path, text) in files.sorted(by: { $0.path < $1.path }) {
            reader.read(path: path, text: text)
        }
        let facts = reader.finish()
        guard reader.diagnostics.all.isEmpty else { throw InvalidResponses(diagnostics: reader.diagnostics.all) }
        languages = reader.languages.values.sorted()
        untranslated = reader.untranslated()
        texts = reader.texts
        requests = reader.spokenWords.mapValues { $0.flatMap { wanted, words in words.map { SpokenRequest(wanted, $0) } } }
        notHelped = reader.notHelped.mapValues { $0.map(SpokenWords.init) }
        steps = facts.steps
        questions = facts.questions.values.sorted { $0.id < $1.id }
        orders = facts.orders
        causes = facts.causes
        marked = facts.marked
        platforms = facts.platforms
    }

    /// Nobody makes apps for Windows Phone any more.
    static let everywhere = Set(Platform.allCases).subtracting([.windowsPhone])

    /// The steps against a symptom, harmless ones first.
    public func order(for symptom: Symptom) -> [FixStep] {
        orders[symptom] ?? []
    }

    /// How likely each local cause of a symptom is, relative to the others.
    func causes(of symptom: Symptom) -> [Cause: Double] {
        causes[symptom] ?? [:]
    }

    /// Whether the service shows by a mark how far a message has come.
    func hasMarks(_ service: ServiceID) -> Bool {
        marked.contains(service)
    }

    /// The services of which something particular is written.
    public var described: Set<ServiceID> { Set(platforms.keys) }

    /// Where a service runs; all living platforms when nothing is written about it.
    public func platforms(of service: ServiceID) -> Set<Platform> {
        platforms[service] ?? Self.everywhere
    }

    /// What a message asks for by name, an explanation or whom to contact; nil when none of the words for any stand in it. The longest
    /// words win.
    public func wanted(namedIn text: String, language: String) -> ReplyRequest? {
        let spoken = SpokenWords(text)
        for language in languageChain(language) {
            let found = requests[language, default: []].filter { spoken.contain($0.words) }.max { $0.length < $1.length }
            if let found { return found.wanted }
        }
        return nil
    }

    /// Whether a message says that what was suggested did not help.
    public func saysNotHelped(_ text: String, language: String) -> Bool {
        let spoken = SpokenWords(text)
        return languageChain(language).contains { notHelped[$0, default: []].contains { spoken.contain($0) } }
    }

    /// A text without placeholders, in exactly this language; nil where it has none.
    public func plainText(_ file: String, _ section: String, in language: String) -> String? {
        texts[language.lowercased()]?[file]?[section]?.render([:])
    }

    /// The language with texts that is nearest to a tag; nil where none is.
    public func nearest(to tag: String) -> String? {
        let known = Dictionary(languages.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
        let chain = languageChain(tag)
        let wanted = tag.lowercased().hasPrefix(Self.base) ? chain : chain.filter { $0 != Self.base }
        return wanted.lazy.compactMap { known[$0] }.first
    }

    /// Whether a word says “none”, in any language that has texts.
    public func meansNone(_ word: String) -> Bool {
        let word = word.lowercased()
        return languages.contains { plainText("settings.md", "none", in: $0)?.lowercased() == word } || word == "none"
    }

    /// What a language calls itself.
    public func name(ofLanguage language: String) -> String {
        plainText("settings.md", "this-language", in: language) ?? language
    }

    /// The text of a section in the wanted language, or in the nearest that has its file.
    func template(_ file: String, _ section: String, language: String) -> Template? {
        for language in languageChain(language) {
            if let sections = texts[language]?[file] { return sections[section] }
        }
        return nil
    }
}

/// Words that ask for something by name, as they are looked for in every question: taken apart once.
private struct SpokenRequest {
    let wanted: ReplyRequest
    let words: SpokenWords
    /// In characters, as they were written.
    let length: Int

    init(_ wanted: ReplyRequest, _ words: String) {
        self.wanted = wanted
        self.words = SpokenWords(words)
        length = words.count
    }
}
