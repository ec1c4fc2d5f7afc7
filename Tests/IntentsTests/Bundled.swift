import Bot
import Diagnostics
import Foundation
import Intents

/// The project's own data, read once.
enum Bundled {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let languages = ["en", "es", "pt", "de", "fr"]

    static let services: (names: [ServiceNames], index: ServiceIndex, mistakes: [Diagnostic]) = {
        var diagnostics = Diagnostics()
        let file = "deploy/services-known.tsv"
        let known = ServiceNames.parse(tsv: text(file), file: file, into: &diagnostics)
        let folder = root.appending(path: "deploy/services").path(percentEncoded: false)
        let catalogue = Catalogue(folder: folder, diagnostics: &diagnostics).services.map { ServiceNames($0) }
        let names = ServiceNames.merge(catalogue: catalogue, known: known)
        return (names, ServiceIndex(names), diagnostics.all)
    }()

    static let examples: (all: [TrainingExample], mistakes: [Diagnostic]) = {
        var diagnostics = Diagnostics()
        let all = languages.flatMap { language in
            let file = "Responses/\(language)/examples.tsv"
            return TrainingExample.parse(tsv: text(file), language: language, file: file, into: &diagnostics)
        }
        return (all, diagnostics.all)
    }()

    /// Those that teach symptoms alone.
    static let symptoms: (all: [TrainingExample], mistakes: [Diagnostic]) = {
        var diagnostics = Diagnostics()
        let all = languages.flatMap { language in
            let file = "Responses/\(language)/symptoms.tsv"
            return TrainingExample.parse(symptoms: text(file), language: language, file: file, into: &diagnostics)
        }
        return (all, diagnostics.all)
    }()

    static let matcher = IntentMatcher(examples: examples.all + symptoms.all, services: services.index)

    /// The question set, where there is one.
    static let questionSet: URL? = {
        let named = ProcessInfo.processInfo.environment["ISITDOWN_QUESTIONS"].map { URL(filePath: $0) }
        let file = named ?? root.appending(path: "../shared/data/questions-dev.tsv")
        return FileManager.default.isReadableFile(atPath: file.path(percentEncoded: false)) ? file : nil
    }()

    /// Its sentences.
    static let questions = text(questionSet).split(whereSeparator: \.isNewline).compactMap { line in
        line.split(separator: "\t", omittingEmptySubsequences: false).dropFirst(2).first.map(String.init)
    }

    private static func text(_ path: String) -> String {
        text(root.appending(path: path))
    }

    private static func text(_ file: URL?) -> String {
        file.flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? ""
    }
}
