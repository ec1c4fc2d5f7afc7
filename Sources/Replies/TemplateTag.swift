import Diagnostics

/// What stands between two braces and two braces.
struct TemplateTag {
    private let content: String
    private let isClosed: Bool
    /// Counted from zero, within the text.
    let line: Int
    /// `#`, `^` and `/` of sections, `!` of a note; nil of what is filled in.
    let kind: Character?
    /// Without its kind.
    let name: String

    private init(content: some Sequence<UInt8>, isClosed: Bool, line: Int) {
        let text = String(decoding: Array(content), as: UTF8.self)
        let first = text.first { !$0.isWhitespace }
        self.content = text
        self.isClosed = isClosed
        self.line = line
        kind = first.flatMap { "#^/!".contains($0) ? $0 : nil }
        name = String((kind == nil ? text[...] : text.drop { $0.isWhitespace }.dropFirst()).filter { !$0.isWhitespace })
    }

    /// All of a text, in their order. One that is not closed on its line is the last of it.
    static func all(in source: String) -> [TemplateTag] {
        let bytes = Array(source.utf8)
        var tags: [TemplateTag] = []
        var (place, line) = (0, 0)
        while place + 1 < bytes.count {
            if bytes[place] == UInt8(ascii: "\n") { line += 1 }
            guard bytes[place] == UInt8(ascii: "{"), bytes[place + 1] == UInt8(ascii: "{") else {
                place += 1
                continue
            }
            let start = place + 2
            var end = start
            while end + 1 < bytes.count, bytes[end] != UInt8(ascii: "\n"), !(bytes[end] == 0x7D && bytes[end + 1] == 0x7D) {
                end += 1
            }
            let isClosed = end + 1 < bytes.count && bytes[end] == 0x7D
            tags.append(TemplateTag(content: bytes[start..<min(end, bytes.count)], isClosed: isClosed, line: line))
            place = isClosed ? end + 2 : end
        }
        return tags
    }

    /// The first section that does not end as it began; nil where all do.
    static func unclosed(_ tags: [TemplateTag]) -> TemplateTag? {
        var open: [TemplateTag] = []
        for tag in tags {
            switch tag.kind {
            case "#", "^": open.append(tag)
            case "/": if open.popLast()?.name != tag.name { return tag }
            default: break
            }
        }
        return open.last
    }

    func mistake(known: [String]) -> (message: String, remedy: String)? {
        guard isClosed else { return ("A placeholder is not closed.", "Write {{name}} on one line.") }
        if kind == "!" || known.contains(name) { return nil }
        let nearest = nearestName(to: name, among: known)
        let remedy = nearest.map { "Did you mean {{\($0)}}?" } ?? "Known here: \(known.joined(separator: ", "))."
        return ("Unknown placeholder {{\(content)}}.", known.isEmpty ? "This text has no placeholders." : remedy)
    }
}
