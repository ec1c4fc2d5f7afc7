import Diagnostics

/// A file of `Responses/`, taken apart: its front matter, and its text by sections.
struct ResponseDocument {
    /// The text under one `## name`; the text of a file without headings is the section `text`.
    struct Section {
        let name: String
        /// The line on which the text begins.
        let line: Int
        let text: String
    }

    /// Files beyond this are no texts that a bot says.
    static let largestFile = 64 * 1_024

    /// The path as people know it.
    let file: String
    let frontMatter: YAMLValue?
    let sections: [Section]

    init(file: String, text: String, diagnostics: inout Diagnostics) {
        self.file = file
        guard text.utf8.count <= Self.largestFile else {
            diagnostics.report(Diagnostic(file: file, message: "The file is larger than \(Self.largestFile) bytes."))
            (frontMatter, sections) = (nil, [])
            return
        }
        let unmarked = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        let lines = unmarked.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let bodyStart: Int
        (frontMatter, bodyStart) = Self.frontMatter(of: lines, file: file, diagnostics: &diagnostics)
        sections = Self.sections(of: lines[bodyStart...], file: file, diagnostics: &diagnostics)
    }

    func section(_ name: String) -> Section? {
        sections.first { $0.name == name }
    }

    private static func frontMatter(
        of lines: [Substring],
        file: String,
        diagnostics: inout Diagnostics
    ) -> (value: YAMLValue?, bodyStart: Int) {
        guard lines.first == "---" else { return (nil, 0) }
        guard let end = lines.dropFirst().firstIndex(of: "---") else {
            let remedy = "Close it with a line of three dashes."
            diagnostics.report(Diagnostic(file: file, line: 1, message: "The front matter has no end.", remedy: remedy))
            return (nil, lines.endIndex)
        }
        let yaml = lines[1..<end].joined(separator: "\n")
        do {
            return (try YAMLValue(parsing: yaml, file: file, firstLine: 2), end + 1)
        } catch {
            diagnostics.report(error)
            return (nil, end + 1)
        }
    }

    private static func sections(of lines: ArraySlice<Substring>, file: String, diagnostics: inout Diagnostics) -> [Section] {
        var sections: [Section] = []
        var name = "text"
        var start = lines.startIndex
        func close(at end: Int) {
            guard let section = Section(name: name, lines: lines[start..<end]) else { return }
            if sections.contains(where: { $0.name == name }) {
                let message = "The section “\(name)” stands here twice."
                diagnostics.report(Diagnostic(file: file, line: section.line, message: message, remedy: "Keep one of them."))
            } else {
                sections.append(section)
            }
        }
        for (index, line) in zip(lines.indices, lines) where line.hasPrefix("## ") {
            close(at: index)
            name = line.dropFirst(3).split(separator: " ").joined(separator: " ")
            start = index + 1
        }
        close(at: lines.endIndex)
        return sections
    }
}

extension ResponseDocument.Section {
    /// The section without the blank lines around it; nil when nothing else is left.
    fileprivate init?(name: String, lines: ArraySlice<Substring>) {
        let isBlank = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
        guard let first = lines.firstIndex(where: { !isBlank($0) }), let last = lines.lastIndex(where: { !isBlank($0) }) else {
            return nil
        }
        self.init(name: name, line: first + 1, text: lines[first...last].joined(separator: "\n"))
    }
}
