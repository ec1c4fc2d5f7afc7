import Yams

/// A value of a YAML file that knows its line and its way from the root, so that every complaint about it can say where.
///
/// A reader asks for what it needs with the typed accessors; each mistake goes to a `Diagnostics` list instead of being thrown, so
/// one run shows them all.
public struct YAMLValue {
    let node: Node
    /// The file that it comes from.
    public let file: String
    /// The keys that lead to it, joined by dots; empty for the root.
    public let path: String
    /// Added to the parser's lines, for YAML that is a part of a file.
    let firstLine: Int

    /// Reads a YAML document.
    ///
    /// - Parameters:
    ///   - text: the document.
    ///   - file: its path, for messages.
    ///   - firstLine: the line of the file on which the document begins.
    /// - Throws: the first place at which it is no YAML, an empty document included.
    public init(parsing text: String, file: String, firstLine: Int = 1) throws(Diagnostic) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw YAMLValue.diagnostic(for: error, file: file, firstLine: firstLine)
        } catch {
            throw Diagnostic(file: file, message: "This is not YAML: \(error).")
        }
        guard let node else {
            throw Diagnostic(file: file, line: firstLine, message: "The file is empty.")
        }
        self.init(node: node, file: file, path: "", firstLine: firstLine)
    }

    init(node: Node, file: String, path: String, firstLine: Int) {
        self.node = node
        self.file = file
        self.path = path
        self.firstLine = firstLine
    }

    private static func diagnostic(for error: YamlError, file: String, firstLine: Int) -> Diagnostic {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            return Diagnostic(
                file: file,
                line: mark.line + firstLine - 1,
                message: "This is not YAML: \(problem).",
                remedy: "Check indentation, colons and quotes on this line and the one before."
            )
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.sorted().joined(separator: ", ")
            return Diagnostic(
                file: file,
                line: context.mark.line + firstLine - 1,
                message: "The same key stands here twice: \(keys).",
                remedy: "Keep one of them."
            )
        default:
            return Diagnostic(file: file, line: firstLine, message: "This is not YAML: \(error).")
        }
    }

    /// The line on which the value stands, counted from 1.
    public var line: Int? {
        node.mark.map { $0.line + firstLine - 1 }
    }

    /// Whether keys with values stand here.
    public var isMapping: Bool { node.mapping != nil }

    /// Whether a list stands here.
    public var isList: Bool { node.sequence != nil }

    /// A complaint about this value.
    public func diagnostic(_ message: String, remedy: String = "") -> Diagnostic {
        Diagnostic(file: file, line: line, message: message, remedy: remedy)
    }
}
