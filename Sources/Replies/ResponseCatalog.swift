import Diagnostics
public import Status

/// Everything the bot says, by language; it exists only when English is complete and nothing in any language is wrong.
public struct ResponseCatalog: Sendable {
    /// The language that is complete, and that states the facts about steps and services.
    public static let base = "en"

    /// The languages that have a folder, as their folders are called.
    public let languages: [String]
    /// Every step, by id.
    public let steps: [FixStep.ID: FixStep]
    private let orders: [Symptom: [FixStep]]
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
        texts = reader.texts
        requests = reader.spokenWords.mapValues { $0.flatMap { wanted, words in words.map { SpokenRequest(wanted, $0) } } }
        notHelped = reader.notHelped.mapValues { $0.map(SpokenWords.init) }
        steps = facts.steps
        orders = facts.orders
        platforms = facts.platforms
    }

    /// The steps against a symptom, harmless ones first.
    public func order(for symptom: Symptom) -> [FixStep] {
        orders[symptom] ?? []
    }

    /// Where a service runs; all platforms when nothing is written about it.
    public func platforms(of service: ServiceID) -> Set<Platform> {
        platforms[service] ?? Set(Platform.allCases)
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
