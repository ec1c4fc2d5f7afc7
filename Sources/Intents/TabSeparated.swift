/// Lines of fields parted by tabs; empty lines and lines that begin with `#` are comments.
enum TabSeparated {
    struct Row {
        /// Counted from 1.
        var line: Int
        /// At least one.
        var fields: [String]
    }

    static func rows(of text: String) -> [Row] {
        var rows: [Row] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() where !line.isEmpty && line.first != "#" {
            rows.append(
                Row(line: index + 1, fields: line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)))
        }
        return rows
    }

    static func trim(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
