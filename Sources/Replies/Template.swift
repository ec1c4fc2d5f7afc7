import Diagnostics
import Mustache
import Synchronization

/// A text with placeholders, parsed when it is said for the first time: most are never said by a process.
///
/// Of Mustache it takes variables, sections, inverted sections and comments. Partials, lambdas, pragmas and other delimiters are
/// refused: every text is whole in its own file, and is Markdown that nothing escapes.
final class Template: Sendable {
    private let source: String
    private let parsed = Mutex<MustacheTemplate?>(nil)

    /// Reads a text; its mistakes go to `diagnostics`, and nil comes back when there are any.
    ///
    /// - Parameters:
    ///   - source: the text.
    ///   - file: its file, for messages.
    ///   - line: the line of the file on which it begins.
    ///   - known: the placeholders that are filled in where this text is used.
    init?(_ source: String, file: String, line: Int, known: [String], diagnostics: inout Diagnostics) {
        let tags = TemplateTag.all(in: source)
        let mistakes = Template.mistakes(of: tags, file: file, firstLine: line, known: known)
        for mistake in mistakes { diagnostics.report(mistake) }
        guard mistakes.isEmpty else { return nil }
        if let open = TemplateTag.unclosed(tags) {
            diagnostics.report(
                Diagnostic(
                    file: file, line: line + open.line, message: "A section is not closed as it was opened.",
                    remedy: "Each {{#name}} or {{^name}} needs its {{/name}} after it."))
            return nil
        }
        self.source = source
    }

    /// What is filled in by name, sections' names left out.
    static func placeholders(in source: String) -> Set<String> {
        Set(TemplateTag.all(in: source).filter { $0.kind == nil }.map(\.name))
    }

    private var mustache: MustacheTemplate? {
        parsed.withLock { parsed in
            if parsed == nil { parsed = try? MustacheTemplate(string: "{{%CONTENT_TYPE:TEXT}}" + source) }
            return parsed
        }
    }

    /// The text with its placeholders filled in; those without a value stay empty, and so do their sections.
    func render(_ values: [String: String]) -> String {
        // What was checked can be parsed; if the library thinks otherwise, nothing is better than half a sentence.
        mustache?.render(Values(values: values)) ?? ""
    }

    /// What fills the placeholders. To find that a dictionary can do this itself takes Mustache longer than the rest of its work.
    private struct Values: MustacheParent {
        let values: [String: String]

        func child(named name: String) -> Any? { values[name] }
    }

    private static func mistakes(of tags: [TemplateTag], file: String, firstLine: Int, known: [String]) -> [Diagnostic] {
        tags.compactMap { tag in
            guard let (message, remedy) = tag.mistake(known: known) else { return nil }
            return Diagnostic(file: file, line: firstLine + tag.line, message: message, remedy: remedy)
        }
    }
}
