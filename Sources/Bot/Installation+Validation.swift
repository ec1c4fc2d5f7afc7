public import Diagnostics
import Replies
import Status

extension Installation {
    /// What a look at all files found.
    public struct Findings: Sendable {
        /// Every mistake, in the order of settings, catalogue, texts and examples.
        public var mistakes: [Diagnostic] = []
        /// What could be better, and keeps nothing from working: texts that are not translated, parts without a spoken name.
        public var notes: [String] = []
        /// What there is, in numbers, for people.
        public var summary = ""
    }

    /// Reads everything that people write, and goes on after a mistake so that one run shows them all.
    public func validate(configurationFile: String?) -> Findings {
        var findings = Findings()
        func attempt<Value>(_ body: () throws(Mistakes) -> Value) -> Value? {
            do throws(Mistakes) {
                return try body()
            } catch {
                for mistake in error.diagnostics where !findings.mistakes.contains(mistake) { findings.mistakes.append(mistake) }
                return nil
            }
        }
        let configuration = attempt { () throws(Mistakes) in try self.configuration(file: configurationFile) } ?? Configuration()
        let services = attempt { () throws(Mistakes) in try self.services(configuration) }
        if let services {
            _ = attempt { () throws(Mistakes) in try configuration.chat.checkDefaultService(among: services) }
        }
        let responses = attempt { () throws(Mistakes) in try self.responses(configuration) }
        _ = attempt { () throws(Mistakes) in try self.checkReadingLevel(configuration) }
        _ = attempt { () throws(Mistakes) in try self.matcher(configuration) }
        if let responses { findings.notes = responses.notes(about: services ?? []) }
        let languages = responses?.languages.joined(separator: ", ") ?? "none"
        findings.summary = "services: \(services?.count ?? 0), texts in \(languages)"
        return findings
    }
}

extension Configuration.Chat {
    /// The default services, of all chats and of single ones, must be of the catalogue.
    func checkDefaultService(among services: [Service]) throws(Mistakes) {
        let known = services.map(\.id.rawValue)
        let single = changes.sorted { $0.key < $1.key }.map {
            ("chats.\($0.key).default_service", $0.value.defaultService?.rawValue)
        }
        let mistakes = ([("chat.default_service", defaultService)] + single).compactMap { key, service -> Diagnostic? in
            guard let service, !known.contains(service) else { return nil }
            let remedy =
                nearestName(to: service, among: known).map { "Did you mean “\($0)”?" }
                ?? "Known: \(known.joined(separator: ", "))."
            return Diagnostic(file: key, message: "“\(service)” is no service of the catalogue.", remedy: remedy)
        }
        if !mistakes.isEmpty { throw Mistakes(mistakes) }
    }
}

extension ResponseCatalog {
    /// What is said in English for want of a translation, and which parts of the catalogue have no name of their own in the texts.
    fileprivate func notes(about services: [Service]) -> [String] {
        let shown = 5
        var notes = untranslated.sorted { $0.key < $1.key }.map { language, files in
            let more = files.count > shown ? " and \(files.count - shown) more" : ""
            return "\(language): said in English: \(files.prefix(shown).joined(separator: ", "))\(more)"
        }
        let parts = Set(services.flatMap(\.components).filter { $0.weight > 0 }.map(\.name))
        for part in parts.sorted() where plainText("parts.md", part, in: Self.base) == nil {
            notes.append(
                "parts.md: “\(part)” of the service catalogue is not there, and said in the catalogue's words everywhere")
        }
        let known = Set(services.map(\.id))
        for service in described.subtracting(known).sorted() {
            notes.append("services/\(service).md: no service of the catalogue is called “\(service)”")
        }
        return notes
    }
}
