/// A part of a host's name between dots, in the form in which the name system has it.
enum HostLabel {
    /// The label in lower-case ASCII, letters of other alphabets as `xn--`: what we ask the resolver for, and what we show, so that no
    /// look-alike passes for another name.
    static func ascii(_ scalars: ArraySlice<Unicode.Scalar>) throws(AdHocRefusal) -> String {
        // More can only be too long, whatever the letters.
        guard !scalars.isEmpty, scalars.count <= 63 else { throw .name }
        var scripts: Set<Script> = []
        var label: [Unicode.Scalar] = []
        for scalar in scalars {
            let small = try lowerCase(scalar)
            switch small {
            case "0"..."9", "-": break
            default:
                guard let script = Script(small) else { throw small.isASCII ? .character : .letters }
                scripts.insert(script)
            }
            label.append(small)
        }
        guard scripts.count <= 1 else { throw .mixedScripts }
        let isASCII = label.allSatisfy(\.isASCII)
        // A second `xn--` round it would be read differently by different readers.
        if !isASCII, label.dropFirst(2).starts(with: ["-", "-"]) { throw .letters }
        let text = isASCII ? String(String.UnicodeScalarView(label)) : "xn--" + Punycode.encode(label)
        guard text.utf8.count <= 63, label.first != "-", label.last != "-" else { throw .name }
        return text
    }

    /// A capital letter becomes its small one, where that is one letter of the same kind: the Kelvin sign is no K.
    private static func lowerCase(_ scalar: Unicode.Scalar) throws(AdHocRefusal) -> Unicode.Scalar {
        let mapped = scalar.properties.lowercaseMapping.unicodeScalars
        guard let small = mapped.first, mapped.count == 1, small.isASCII == scalar.isASCII else { throw .letters }
        return small
    }
}
