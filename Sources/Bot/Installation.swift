import Diagnostics
public import Foundation
public import Intents
public import Replies
public import Status

/// The files that belong to the program: settings, catalogue and texts, below one folder.
public struct Installation: Sendable {
    /// The folder that holds `deploy/` and `Responses/`.
    public let root: String
    private let environment: [String: String]

    /// Finds the folder: `ISITDOWN_ROOT`, else the nearest one above the program, else above the working directory, that holds
    /// `Responses` and `deploy`.
    public static func located(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(Mistakes) -> Installation {
        if let root = environment["ISITDOWN_ROOT"], !root.isEmpty {
            return Installation(root: root, environment: environment)
        }
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        for start in [program, FileManager.default.currentDirectoryPath] {
            var folder = URL(filePath: start).standardizedFileURL
            while folder.path(percentEncoded: false).count > 1 {
                if holdsTheFiles(folder) {
                    return Installation(root: folder.path(percentEncoded: false), environment: environment)
                }
                folder.deleteLastPathComponent()
            }
        }
        let remedy = "Set ISITDOWN_ROOT to the folder that holds both."
        let message = "The folders Responses and deploy are nowhere above the program."
        throw Mistakes([Diagnostic(file: "isitdown", message: message, remedy: remedy)])
    }

    private static func holdsTheFiles(_ folder: URL) -> Bool {
        ["Responses", "deploy"].allSatisfy {
            FileManager.default.fileExists(atPath: folder.appending(path: $0).path(percentEncoded: false))
        }
    }

    /// A path as it is when absolute, else below the root.
    func path(_ relative: String) -> String {
        relative.hasPrefix("/") ? relative : (root.hasSuffix("/") ? root : root + "/") + relative
    }

    /// The settings of a file, or of `deploy/isitdown.yaml` where none is named, under the environment.
    ///
    /// - Parameter file: as given on the command line, relative to the working directory; it must exist.
    public func configuration(file: String? = nil) throws(Mistakes) -> Configuration {
        let named = file ?? environment["ISITDOWN_CONFIG"]
        let path = named ?? self.path("deploy/isitdown.yaml")
        guard named != nil || FileManager.default.fileExists(atPath: path) else {
            return try Configuration(text: nil, file: path, environment: environment)
        }
        let text = try mistaken { () throws(Diagnostic) in try TextFile.read(path) }
        return try Configuration(text: text, file: path, environment: environment)
    }

    /// The services of the catalogue.
    public func services(_ configuration: Configuration) throws(Mistakes) -> [Service] {
        var diagnostics = Diagnostics()
        let catalogue = Catalogue(folder: path(configuration.files.services), diagnostics: &diagnostics)
        guard diagnostics.all.isEmpty else { throw Mistakes(diagnostics.all) }
        return catalogue.services
    }

    /// All texts.
    public func responses(_ configuration: Configuration) throws(Mistakes) -> ResponseCatalog {
        let folder = path(configuration.files.responses)
        let files = try TextFile.readAll(in: folder, endings: [".md"])
        do throws(InvalidResponses) {
            return try ResponseCatalog(files: files, folder: folder)
        } catch {
            throw Mistakes(error.diagnostics)
        }
    }

    /// Throws what of the texts is harder to read than it should be.
    func checkReadingLevel(_ configuration: Configuration) throws(Mistakes) {
        let folder = path(configuration.files.responses)
        let mistakes = ReadingLevel.mistakes(in: try TextFile.readAll(in: folder, endings: [".md"]), folder: folder)
        if !mistakes.isEmpty { throw Mistakes(mistakes) }
    }

    /// What understands messages, trained on the examples beside the texts.
    public func matcher(_ configuration: Configuration) throws(Mistakes) -> IntentMatcher {
        let (examples, services) = try lessons(configuration)
        return IntentMatcher(examples: examples, services: services)
    }

    /// What a matcher learns from: examples of all languages, and the names of services.
    public func lessons(
        _ configuration: Configuration
    ) throws(Mistakes) -> (examples: [TrainingExample], services: ServiceIndex) {
        (try examples(configuration), try index(of: try services(configuration)))
    }

    /// What people say, in all languages.
    func examples(_ configuration: Configuration) throws(Mistakes) -> [TrainingExample] {
        var diagnostics = Diagnostics()
        let folder = path(configuration.files.responses)
        var examples: [TrainingExample] = []
        for (name, text) in try TextFile.readAll(in: folder, endings: ["examples.tsv"]) {
            examples += TrainingExample.parse(
                tsv: text, language: language(of: name), file: "\(folder)/\(name)", into: &diagnostics)
        }
        for (name, text) in try TextFile.readAll(in: folder, endings: ["symptoms.tsv"]) {
            examples += TrainingExample.parse(
                symptoms: text, language: language(of: name), file: "\(folder)/\(name)", into: &diagnostics)
        }
        guard diagnostics.all.isEmpty else { throw Mistakes(diagnostics.all) }
        return examples
    }

    /// The names of services: those of the catalogue, and those that are only known.
    func index(of services: [Service]) throws(Mistakes) -> ServiceIndex {
        var diagnostics = Diagnostics()
        let namesFile = path("deploy/services-known.tsv")
        let known = ServiceNames.parse(
            tsv: try mistaken { () throws(Diagnostic) in try TextFile.read(namesFile) },
            file: namesFile,
            into: &diagnostics
        )
        guard diagnostics.all.isEmpty else { throw Mistakes(diagnostics.all) }
        return ServiceIndex(ServiceNames.merge(catalogue: services.map { ServiceNames($0) }, known: known))
    }

    /// `es/examples.tsv`: the folder is the language.
    private func language(of file: String) -> String {
        file.firstIndex(of: "/").map { String(file[..<$0]) } ?? TrainingExample.base
    }

    private func mistaken<Value>(_ body: () throws(Diagnostic) -> Value) throws(Mistakes) -> Value {
        do throws(Diagnostic) {
            return try body()
        } catch {
            throw Mistakes([error])
        }
    }
}
