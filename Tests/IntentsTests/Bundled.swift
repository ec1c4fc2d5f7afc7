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
        let names = ServiceNames.parse(tsv: text(file), file: file, into: &diagnostics)
        return (names, ServiceIndex(names), diagnostics.all)
    }()

    static let examples: (all: [TrainingExample], mistakes: [Diagnostic]) = {
        var diagnostics = Diagnostics()
        let all = languages.flatMap { language in
            let file = "Responses/\(language)/examples.tsv"
            return TrainingExample.parse(tsv: text(file), file: file, into: &diagnostics)
        }
        return (all, diagnostics.all)
    }()

    static let matcher = IntentMatcher(examples: examples.all, services: services.index)

    private static func text(_ path: String) -> String {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }
}
