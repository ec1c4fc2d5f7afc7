import Diagnostics
import Mustache

/// A text with placeholders, parsed once.
///
/// Of Mustache it takes variables, sections, inverted sections and comments. Partials, lambdas, pragmas and other delimiters are
/// refused: every text is whole in its own file, and is Markdown that nothing escapes.
struct Template: Sendable {
    private let mustache: MustacheTemplate

    /// Reads a text; its mistakes go to `diagnostics`, and nil comes back when there are any.
    ///
    /// - Parameters:
    ///   - source: the text.
    ///   - file: its file, for messages.
    ///   - line: the line of the file on which it begins.
    ///   - known: the placeholders that are filled in where this text is used.
    init?(_ source: String, file: String, line: Int, known: [String], diagnostics: inout Diagnostics) {
        let mistakes = Template.mistakes(in: source, file: file, firstLine: line, known: known)
        for mistake in mistakes { diagnostics.report(mistake) }
        guard mistakes.isEmpty else { return nil }
        do {
            mustache = try MustacheTemplate(string: "{{%CONTENT_TYPE:TEXT}}" + source)
        } catch {
            let place = (error as? MustacheTemplate.ParserError)?.context.lineNumber ?? 1
            diagnostics.report(
                Diagnostic(
                    file: file,
                    line: line + place - 1,
                    message: "A section is not closed as it was opened.",
                    remedy: "Each {{#name}} or {{^name}} needs its {{/name}} after it."
                )
            )
            return nil
        }
    }

    /// The text with its placeholders filled in; those without a value stay empty, and so do their sections.
    func render(_ values: [String: String]) -> String {
        mustache.render(Values(values: values))
    }

    /// What fills the placeholders. To find that a dictionary can do this itself takes Mustache longer than the rest of its work.
    private struct Values: MustacheParent {
        let values: [String: String]

        func child(named name: String) -> Any? { values[name] }
    }

    private static func mistakes(in source: String, file: String, firstLine: Int, known: [String]) -> [Diagnostic] {
        source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().flatMap { index, line in
            tags(in: line).compactMap { tag in
                guard let (message, remedy) = tag.mistake(known: known) else { return nil }
                return Diagnostic(file: file, line: firstLine + index, message: message, remedy: remedy)
            }
        }
    }

    private static func tags(in line: Substring) -> [Tag] {
        var tags: [Tag] = []
        var rest = line
        while let open = rest.firstRange(of: "{{") {
            rest = rest[open.upperBound...]
            guard let close = rest.firstRange(of: "}}") else {
                return tags + [Tag(content: rest, isClosed: false)]
            }
            tags.append(Tag(content: rest[..<close.lowerBound], isClosed: true))
            rest = rest[close.upperBound...]
        }
        return tags
    }
}

/// What stands between two braces and two braces.
private struct Tag {
    let content: Substring
    let isClosed: Bool

    func mistake(known: [String]) -> (message: String, remedy: String)? {
        guard isClosed else { return ("A placeholder is not closed.", "Write {{name}} on one line.") }
        if content.hasPrefix("!") { return nil }
        let kind = content.first { !$0.isWhitespace } ?? " "
        let name = String(("#^/".contains(kind) ? content.dropFirst() : content).filter { !$0.isWhitespace })
        if known.contains(name) { return nil }
        let nearest = nearestName(to: name, among: known)
        let remedy = nearest.map { "Did you mean {{\($0)}}?" } ?? "Known here: \(known.joined(separator: ", "))."
        return ("Unknown placeholder {{\(content)}}.", known.isEmpty ? "This text has no placeholders." : remedy)
    }
}
