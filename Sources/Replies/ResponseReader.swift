import Diagnostics
import Status

/// Reads the files of `Responses/` one by one and notes every mistake.
struct ResponseReader {
    let folder: String
    var diagnostics = Diagnostics()
    /// The folders by their lower-case names.
    private(set) var languages: [String: String] = [:]
    private(set) var texts: [String: [String: [String: Template]]] = [:]
    private(set) var spokenWords: [String: [(wanted: ReplyRequest, words: [String])]] = [:]
    /// How people say that the steps did not help, by language.
    private(set) var notHelped: [String: [String]] = [:]
    /// What was read, by language and path; facts are taken from it at the end.
    private(set) var documents: [String: [String: ResponseDocument]] = [:]

    init(folder: String) {
        self.folder = folder
    }

    mutating func read(path: String, text: String) {
        let parts = path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, path.hasSuffix(".md") else { return }
        let place = "\(folder)/\(path)"
        let (language, name) = (parts[0].lowercased(), String(parts[1]))
        guard let format = ResponseFormat(path: name) else { return reportUnread(name, place: place) }
        languages[language] = String(parts[0])
        let document = ResponseDocument(file: place, text: text, diagnostics: &diagnostics)
        documents[language, default: [:]][name] = document
        check(document, format: format)
        texts[language, default: [:]][name] = templates(of: document, name: name, language: language, format: format)
        readSpokenWords(document, name: name, language: language)
    }

    private mutating func reportUnread(_ name: String, place: String) {
        let nearest = nearestName(to: name, among: ResponseFormat.requiredPaths)
        let remedy = nearest.map { "Did you mean “\($0)”?" } ?? "Steps stand in fixes/, services in services/."
        diagnostics.report(Diagnostic(file: place, message: "Nothing reads a file of this name.", remedy: remedy))
    }

    private mutating func check(_ document: ResponseDocument, format: ResponseFormat) {
        for name in format.required where document.section(name) == nil {
            let remedy = name == "text" ? "Write it without a heading." : "Write it under a line “## \(name)”."
            diagnostics.report(Diagnostic(file: document.file, message: "The text “\(name)” is missing.", remedy: remedy))
        }
        if let frontMatter = document.frontMatter {
            _ = diagnostics.mapping(frontMatter, known: format.keys)
        }
    }

    private mutating func templates(
        of document: ResponseDocument, name: String, language: String, format: ResponseFormat
    ) -> [String: Template] {
        let known = format.required + format.optional
        var templates: [String: Template] = [:]
        for section in document.sections {
            guard known.contains(section.name) || format.isOpen && section.name != "text" else {
                if section.isNote { continue }
                report(unknown: section, in: document, known: known)
                continue
            }
            checkLinks(of: section, in: document)
            guard isShortEnough(section, in: document, longest: format.longestOf[section.name] ?? format.longest) else {
                continue
            }
            if name == "commands.md" { checkCommand(section, in: document, isEnglish: language == ResponseCatalog.base) }
            templates[section.name] = Template(
                section.text,
                file: document.file,
                line: section.line,
                known: format.placeholders,
                diagnostics: &diagnostics
            )
        }
        return templates
    }

    private mutating func report(unknown section: ResponseDocument.Section, in document: ResponseDocument, known: [String]) {
        let nearest = nearestName(to: section.name, among: known)
        let remedy = nearest.map { "Did you mean “## \($0)”?" } ?? "Known here: \(known.joined(separator: ", "))."
        let message = section.name == "text" ? "Text stands before the first heading." : "Unknown section “\(section.name)”."
        diagnostics.report(Diagnostic(file: document.file, line: section.line, message: message, remedy: remedy))
    }

    /// What is too long is not parsed either: sections nested thousands deep would exhaust the parser's stack.
    private mutating func isShortEnough(
        _ section: ResponseDocument.Section,
        in document: ResponseDocument,
        longest: Int
    ) -> Bool {
        guard section.text.utf16.count > longest else { return true }
        let message = "The text “\(section.name)” has \(section.text.utf16.count) characters; \(longest) is the most."
        diagnostics.report(
            Diagnostic(file: document.file, line: section.line, message: message, remedy: "Say it in fewer words."))
        return false
    }

    private mutating func checkLinks(of section: ResponseDocument.Section, in document: ResponseDocument) {
        let lines = section.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() where line.hasInsecureLink {
            diagnostics.report(
                Diagnostic(
                    file: document.file,
                    line: section.line + index,
                    message: "A link here is not https.",
                    remedy: "Write https://… or take it out."
                )
            )
        }
    }

    /// Names of commands have rules of their own, and the English ones are what the bot knows them by.
    private mutating func checkCommand(_ section: ResponseDocument.Section, in document: ResponseDocument, isEnglish: Bool) {
        guard section.name.hasSuffix(" name") else { return }
        let command = String(section.name.dropLast(" name".count))
        let known = command.split(separator: " ").last.map(String.init) ?? command
        var mistake = CommandText.mistake(inName: section.text, ofMenu: command == "message")
        if isEnglish, command != "message", section.text != known { mistake = "In English this is called “\(known)”." }
        guard let mistake else { return }
        let remedy = "Discord takes lower-case letters, digits, “-” and “_”, without spaces."
        diagnostics.report(Diagnostic(file: document.file, line: section.line, message: mistake, remedy: remedy))
    }

    private mutating func readSpokenWords(_ document: ResponseDocument, name: String, language: String) {
        let wanted = ReplyRequest.spoken[name]
        guard wanted != nil || name == "fixes.md", let frontMatter = document.frontMatter else { return }
        // Unknown keys were reported with the rest of the file.
        var unheard = Diagnostics()
        guard let list = unheard.mapping(frontMatter, known: ["words"])["words"] else { return }
        let words = diagnostics.list(list).compactMap { diagnostics.string($0) }
        if let wanted {
            spokenWords[language, default: []].append((wanted, words))
        } else {
            notHelped[language] = words
        }
    }
}

extension ResponseDocument.Section {
    /// Nothing but a comment to those who write the texts, above the first heading.
    var isNote: Bool {
        name == "text" && text.split(whereSeparator: \.isNewline).allSatisfy { $0.hasPrefix("{{!") && $0.hasSuffix("}}") }
    }
}

extension Substring {
    /// Holds a link with a scheme other than https, or a Markdown link to something that is no placeholder and no https address.
    fileprivate var hasInsecureLink: Bool {
        guard utf8.contains(UInt8(ascii: "/")) || utf8.contains(UInt8(ascii: "]")) else { return false }
        let schemes = ranges(of: "://").filter { !self[..<$0.lowerBound].hasSuffix("https") }
        let targets = ranges(of: "](").map { self[$0.upperBound...] }
        return !schemes.isEmpty || targets.contains { !$0.hasPrefix("https://") && !$0.hasPrefix("{{") }
    }
}

extension ReplyRequest {
    /// What people ask for by name, by the file whose `words` say how.
    fileprivate static let spoken: [String: ReplyRequest] = {
        var spoken: [String: ReplyRequest] = ["contact.md": .contact, "changes.md": .whoseFault]
        for topic in ExplainTopic.allCases { spoken["explain/\(topic.rawValue).md"] = .explain(topic) }
        return spoken
    }()
}
