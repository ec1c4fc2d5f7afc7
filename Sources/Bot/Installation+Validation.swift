public import Diagnostics
import Replies
import Status

extension Installation {
    /// What a look at all files found.
    public struct Findings: Sendable {
        /// Every mistake, in the order of settings, catalogue, texts and examples.
        public var mistakes: [Diagnostic] = []
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
        _ = attempt { () throws(Mistakes) in try self.matcher(configuration) }
        let languages = responses?.languages.joined(separator: ", ") ?? "none"
        findings.summary = "services: \(services?.count ?? 0), texts in \(languages)"
        return findings
    }
}

extension Configuration.Chat {
    /// The default service must be one of the catalogue.
    func checkDefaultService(among services: [Service]) throws(Mistakes) {
        guard let defaultService, !services.contains(where: { $0.id.rawValue == defaultService }) else { return }
        let known = services.map(\.id.rawValue)
        let nearest = nearestName(to: defaultService, among: known)
        let remedy = nearest.map { "Did you mean “\($0)”?" } ?? "Known: \(known.joined(separator: ", "))."
        let message = "“\(defaultService)” is no service of the catalogue."
        throw Mistakes([Diagnostic(file: "chat.default_service", message: message, remedy: remedy)])
    }
}
