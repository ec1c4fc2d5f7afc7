import Diagnostics
import Status

extension ResponseDocument.Section {
    /// Whole addresses, without placeholders in them.
    fileprivate var links: Set<Substring> {
        guard text.utf8.contains(UInt8(ascii: "/")) else { return [] }
        let words = text.split { $0.isWhitespace || "<>()".contains($0) }
        return Set(words.filter { $0.hasPrefix("https://") && !$0.contains("{") })
    }

    /// What is filled in; the service's name is left out, because a language may say “it”.
    fileprivate var placeholders: Set<String> {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return [] }
        return Template.placeholders(in: text).subtracting(["service"])
    }
}

extension ResponseReader {
    /// What the front matter of the English files says about steps, symptoms and services.
    struct Facts {
        var steps: [FixStep.ID: FixStep] = [:]
        var orders: [Symptom: [FixStep]] = [:]
        var platforms: [ServiceID: Set<Platform>] = [:]
        var questions: [TriageQuestion.ID: TriageQuestion] = [:]
        var causes: [Symptom: [Cause: Double]] = [:]
        /// The services that show by marks how far a message has come.
        var marked: Set<ServiceID> = []
    }

    /// Looks at all files together: what is missing, what translations leave out, which facts do not fit.
    mutating func finish() -> Facts {
        let english = documents[ResponseCatalog.base, default: [:]]
        for path in ResponseFormat.requiredPaths where english[path] == nil {
            let place = "\(folder)/\(ResponseCatalog.base)/\(path)"
            diagnostics.report(Diagnostic(file: place, message: "The file is missing.", remedy: "English has to be complete."))
        }
        var facts = Facts()
        for (path, document) in english.sorted(by: { $0.key < $1.key }) {
            readFacts(of: document, path: path, into: &facts)
        }
        for symptom in Symptom.allCases {
            guard let document = english["symptoms/\(symptom.rawValue).md"] else { continue }
            facts.orders[symptom] = readOrder(of: document, steps: facts.steps)
            facts.causes[symptom] = readCauses(of: document)
        }
        checkKeys(of: facts.questions, english)
        for language in documents.keys.sorted() where language != ResponseCatalog.base {
            checkTranslation(language, against: english, facts: facts)
        }
        return facts
    }

    private mutating func readFacts(of document: ResponseDocument, path: String, into facts: inout Facts) {
        let id = String(path.split(separator: "/").last?.dropLast(3) ?? "")
        if path.hasPrefix("fixes/") {
            guard let step = readStep(of: document, id: id) else { return }
            facts.steps[id] = step
        } else if path.hasPrefix("services/") {
            facts.platforms[ServiceID(id)] = readPlatforms(of: document)
            if checkMarks(of: document) { facts.marked.insert(ServiceID(id)) }
        } else if path.hasPrefix("triage/") {
            facts.questions[id] = readQuestion(of: document, id: id)
        }
    }

    private mutating func readStep(of document: ResponseDocument, id: String) -> FixStep? {
        guard let entries = entries(of: document, needed: ["level", "minutes", "erases"]) else { return nil }
        let levels = FixStep.levels
        let level = entries["level"].flatMap { diagnostics.number($0, in: Double(levels.lowerBound)...Double(levels.upperBound)) }
        let minutes = entries["minutes"].flatMap { diagnostics.number($0, in: 0...120) }
        let erases = entries["erases"].flatMap { diagnostics.word($0, as: FixStep.Erasure.self) }
        let needsStore = entries["needs_store"].flatMap { diagnostics.flag($0) } ?? false
        let platforms = entries["platforms"].map { readPlatforms($0) } ?? []
        let helps = entries["helps"].map { diagnostics.list($0) } ?? []
        guard let level, let minutes, let erases else { return nil }
        let step = FixStep(
            id: id,
            level: Int(level),
            platforms: platforms,
            minutes: Int(minutes),
            erases: erases,
            helps: Set(helps.compactMap { diagnostics.word($0, as: Cause.self) }),
            needsStore: needsStore
        )
        if step.isDestructive, document.section("loss") == nil, let place = entries["erases"] {
            let message = "This step erases \(erases.rawValue) and does not say what is lost."
            diagnostics.report(place.diagnostic(message, remedy: "Write it under a line “## loss”; people read it first."))
        }
        if needsStore, let place = entries["needs_store"] {
            checkStoreFirst(document, at: place)
        }
        return step
    }

    /// Whoever removes an app that its store no longer lists cannot get it back, so the listing is to be looked at first.
    private mutating func checkStoreFirst(_ document: ResponseDocument, at place: YAMLValue) {
        let listings = [Platform.android: "{{googlePlay}}", .ios: "{{appStore}}"]
        let loss = document.section("loss")?.text ?? ""
        for (platform, listing) in listings.sorted(by: { $0.value < $1.value }) {
            guard let way = document.section(platform.rawValue)?.text else { continue }
            guard !way.contains(listing), !loss.contains(listing) else { continue }
            let message = "On \(platform.rawValue) this step needs the store and does not send people to look there first."
            diagnostics.report(place.diagnostic(message, remedy: "Put \(listing) into its text."))
        }
    }

    private mutating func readPlatforms(of document: ResponseDocument) -> Set<Platform> {
        guard let value = entries(of: document, needed: ["platforms"])?["platforms"] else { return ResponseCatalog.everywhere }
        return readPlatforms(value)
    }

    mutating func readPlatforms(_ value: YAMLValue) -> Set<Platform> {
        Set(diagnostics.list(value).compactMap { diagnostics.word($0, as: Platform.self) })
    }

    private mutating func readOrder(of document: ResponseDocument, steps: [FixStep.ID: FixStep]) -> [FixStep] {
        guard let value = entries(of: document, needed: ["steps"])?["steps"] else { return [] }
        var order: [FixStep] = []
        for item in diagnostics.list(value) {
            guard let id = diagnostics.string(item) else { continue }
            guard let step = steps[id] else {
                let nearest = nearestName(to: id, among: steps.keys.sorted())
                let remedy = nearest.map { "Did you mean “\($0)”?" } ?? "Each step is a file of that name in fixes/."
                diagnostics.report(item.diagnostic("There is no step “\(id)”.", remedy: remedy))
                continue
            }
            if let last = order.last, last.isDestructive, !step.isDestructive || step.level < last.level {
                let message = "“\(id)” stands after “\(last.id)”, which erases more."
                diagnostics.report(item.diagnostic(message, remedy: "The milder step comes first."))
            }
            order.append(step)
        }
        return order
    }

    /// The front matter's entries; what is needed and not there is reported.
    mutating func entries(of document: ResponseDocument, needed: [String]) -> [String: YAMLValue]? {
        guard let frontMatter = document.frontMatter else {
            let remedy = "Begin it with “---”, \(needed.map { "“\($0): …”" }.joined(separator: ", ")), “---”."
            diagnostics.report(Diagnostic(file: document.file, line: 1, message: "The front matter is missing.", remedy: remedy))
            return nil
        }
        // Unknown keys were reported when the file was read.
        var unheard = Diagnostics()
        let entries = unheard.mapping(frontMatter, known: ResponseFormat.allKeys)
        for key in needed where entries[key] == nil {
            diagnostics.report(frontMatter.diagnostic("The key “\(key)” is missing."))
        }
        return entries
    }

    /// The files that a language leaves to English, or to the language that it is a variety of.
    func untranslated() -> [String: [String]] {
        let english = Set(documents[ResponseCatalog.base, default: [:]].keys)
        var missing: [String: [String]] = [:]
        for (language, files) in documents where language != ResponseCatalog.base {
            let chain = languageChain(language).filter { $0 != ResponseCatalog.base }
            let written = chain.reduce(Set(files.keys)) { $0.union(documents[$1, default: [:]].keys) }
            missing[languages[language] ?? language] = english.subtracting(written).sorted()
        }
        return missing.filter { !$0.value.isEmpty }
    }

    /// A translation has every section that English has, and does not contradict its facts.
    private mutating func checkTranslation(_ language: String, against english: [String: ResponseDocument], facts: Facts) {
        for (path, document) in documents[language, default: [:]].sorted(by: { $0.key < $1.key }) {
            guard let original = english[path] else {
                let remedy = "Write the English one first; it states the facts."
                diagnostics.report(Diagnostic(file: document.file, message: "English has no such file.", remedy: remedy))
                continue
            }
            let format = ResponseFormat(path: path)
            for section in original.sections where document.section(section.name) == nil && !section.isNote {
                guard format?.required.contains(section.name) == false else { continue }
                let remedy = "English has it in line \(section.line)."
                diagnostics.report(
                    Diagnostic(file: document.file, message: "The text “\(section.name)” is missing.", remedy: remedy)
                )
            }
            checkFacts(of: document, path: path, facts: facts)
            checkLinksAndPlaceholders(of: document, against: original)
        }
    }

    /// A translation leads where English leads, and fills in what it fills in.
    private mutating func checkLinksAndPlaceholders(of document: ResponseDocument, against original: ResponseDocument) {
        for section in original.sections where !section.isNote {
            guard let translated = document.section(section.name) else { continue }
            for link in section.links where !translated.links.contains(link) {
                diagnostics.report(
                    Diagnostic(
                        file: document.file, line: translated.line, message: "The link \(link) of the English text is missing.",
                        remedy: "English has it in line \(section.line)."))
            }
            for name in section.placeholders where !translated.placeholders.contains(name) {
                diagnostics.report(
                    Diagnostic(
                        file: document.file, line: translated.line,
                        message: "The text “\(section.name)” says nothing of {{\(name)}}, which English does.",
                        remedy: "English has it in line \(section.line)."))
            }
        }
    }

    private mutating func checkFacts(of document: ResponseDocument, path: String, facts: Facts) {
        guard let frontMatter = document.frontMatter else { return }
        var translated = Facts()
        readFacts(of: document, path: path, into: &translated)
        let sameQuestions = translated.questions.allSatisfy { facts.questions[$0] == $1 }
        let sameSteps = translated.steps.allSatisfy { facts.steps[$0] == $1 }
        let samePlatforms = translated.platforms.allSatisfy { facts.platforms[$0] == $1 }
        let symptom = Symptom.allCases.first { path == "symptoms/\($0.rawValue).md" }
        let sameOrder = symptom.map { readOrder(of: document, steps: facts.steps) == facts.orders[$0] } ?? true
        guard !(sameSteps && samePlatforms && sameOrder && sameQuestions) else { return }
        let message = "The facts here are not those of the English file."
        diagnostics.report(frontMatter.diagnostic(message, remedy: "Leave the front matter out; English states them for all."))
    }
}
