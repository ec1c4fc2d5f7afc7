public import Diagnostics

extension ReadingLevel {
    /// The school year whose English everybody should read with ease.
    private static let hardest = 8.0

    /// What of the English texts is hard to read. It keeps nothing from being said, so the bot starts without asking.
    ///
    /// - Parameters:
    ///   - files: as `ResponseCatalog` takes them.
    ///   - folder: what to put before paths in messages.
    public static func mistakes(in files: [(path: String, text: String)], folder: String = "Responses") -> [Diagnostic] {
        var diagnostics = Diagnostics()
        for (path, text) in files where path.hasPrefix("\(ResponseCatalog.base)/") && path.hasSuffix(".md") {
            // What else is wrong with it is told where it is read.
            var unheard = Diagnostics()
            let document = ResponseDocument(file: "\(folder)/\(path)", text: text, diagnostics: &unheard)
            for section in document.sections where section.text.utf8.count >= shortest {
                guard let grade = grade(of: section.text), grade > hardest else { continue }
                let year = Int(grade.rounded(.up))
                let message = "The text “\(section.name)” reads like school year \(year); \(Int(hardest)) is the most."
                let remedy = "Use shorter sentences, and shorter words."
                diagnostics.report(Diagnostic(file: document.file, line: section.line, message: message, remedy: remedy))
            }
        }
        return diagnostics.all
    }
}
