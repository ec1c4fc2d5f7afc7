/// What people wrote, made harmless: it shows as it is written, and neither formats nor pings nor links.
public enum MarkdownText {
    /// - Parameter longest: in characters; more is cut, with an ellipsis.
    public static func escaped(_ text: String, longest: Int = 60) -> String {
        var escaped = ""
        var (count, isSpace) = (0, true)
        for character in text {
            guard count < longest else { return escaped + "…" }
            // A character of many marks is cut to its first ones; controls and what turns the line round are nothing to read.
            let scalars = character.unicodeScalars.filter { !isInvisible($0) }.prefix(4)
            guard !scalars.isEmpty else { continue }
            if character.isWhitespace {
                if !isSpace { escaped.append(" ") }
                isSpace = true
                continue
            }
            (count, isSpace) = (count + 1, false)
            for scalar in scalars {
                if "\\`*_~|<>[]()#-+.!:/@&".unicodeScalars.contains(scalar) { escaped.append("\\") }
                escaped.unicodeScalars.append(scalar)
                // Nobody is called and nothing becomes a link, whatever the reader makes of a backslash.
                if scalar == "@" || scalar == ":" { escaped.unicodeScalars.append("\u{200B}") }
            }
        }
        return escaped.last == " " ? String(escaped.dropLast()) : escaped
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
        default: false
        }
    }
}
