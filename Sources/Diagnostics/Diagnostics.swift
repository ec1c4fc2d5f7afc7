import Yams

/// The mistakes found so far, and the typed way to read YAML that adds to them.
public struct Diagnostics {
    /// In the order in which they were found.
    public private(set) var all: [Diagnostic] = []

    public init() {}

    /// Adds a mistake.
    public mutating func report(_ diagnostic: Diagnostic) {
        all.append(diagnostic)
    }

    /// The entries of a mapping whose keys must all be among `known`; unknown ones are reported with the nearest right name.
    public mutating func mapping(_ value: YAMLValue, known: [String]) -> [String: YAMLValue] {
        guard let mapping = value.node.mapping else {
            let remedy = "Known keys: \(known.joined(separator: ", "))."
            report(value.diagnostic("Here a mapping is due (keys with values).", remedy: remedy))
            return [:]
        }
        var entries: [String: YAMLValue] = [:]
        for (keyNode, node) in mapping {
            let key = keyNode.string ?? ""
            let path = value.path.isEmpty ? key : "\(value.path).\(key)"
            let keyValue = YAMLValue(node: keyNode, file: value.file, path: path, firstLine: value.firstLine)
            guard known.contains(key) else {
                let nearest = nearestName(to: key, among: known)
                let remedy = nearest.map { "Did you mean “\($0)”?" } ?? "Known here: \(known.joined(separator: ", "))."
                report(keyValue.diagnostic("Unknown key “\(path)”.", remedy: remedy))
                continue
            }
            entries[key] = YAMLValue(node: node, file: value.file, path: path, firstLine: value.firstLine)
        }
        return entries
    }

    /// The entries of a mapping whose keys are free, in the order of the file.
    public mutating func entries(_ value: YAMLValue) -> [(key: String, value: YAMLValue)] {
        guard let mapping = value.node.mapping else {
            report(value.diagnostic("“\(value.path)” needs a mapping (keys with values)."))
            return []
        }
        return mapping.map { keyNode, node in
            let key = keyNode.string ?? ""
            let path = value.path.isEmpty ? key : "\(value.path).\(key)"
            return (key, YAMLValue(node: node, file: value.file, path: path, firstLine: value.firstLine))
        }
    }

    /// The items of a list.
    public mutating func list(_ value: YAMLValue) -> [YAMLValue] {
        guard let sequence = value.node.sequence else {
            report(value.diagnostic("“\(value.path)” needs a list.", remedy: "Write [one, two], or one item a line after “- ”."))
            return []
        }
        return sequence.enumerated().map { index, node in
            YAMLValue(node: node, file: value.file, path: "\(value.path)[\(index)]", firstLine: value.firstLine)
        }
    }

    /// A text.
    public mutating func string(_ value: YAMLValue) -> String? {
        guard let string = value.node.string, !string.isEmpty else {
            report(value.diagnostic("“\(value.path)” needs a text."))
            return nil
        }
        return string
    }

    /// A text that must be one of the raw values of an enumeration.
    public mutating func word<Word: RawRepresentable & CaseIterable>(_ value: YAMLValue, as: Word.Type) -> Word?
    where Word.RawValue == String {
        guard let string = string(value) else { return nil }
        if let word = Word(rawValue: string) { return word }
        let known = Word.allCases.map(\.rawValue)
        let nearest = nearestName(to: string, among: known)
        let remedy = nearest.map { "Did you mean “\($0)”?" } ?? "It is one of \(known.joined(separator: ", "))."
        report(value.diagnostic("“\(string)” is not known for “\(value.path)”.", remedy: remedy))
        return nil
    }

    /// A number.
    public mutating func number(_ value: YAMLValue, in range: ClosedRange<Double>) -> Double? {
        guard let number = value.node.float, range.contains(number) else {
            report(value.diagnostic("“\(value.path)” needs a number from \(range.lowerBound) to \(range.upperBound)."))
            return nil
        }
        return number
    }

    /// `true` or `false`.
    public mutating func flag(_ value: YAMLValue) -> Bool? {
        guard let flag = value.node.bool else {
            report(value.diagnostic("“\(value.path)” is true or false."))
            return nil
        }
        return flag
    }

    /// A span of time, written as a number and a unit: `500ms`, `30s`, `5m`, `12h`, `7d`.
    public mutating func duration(_ value: YAMLValue) -> Duration? {
        if let text = value.node.string, let duration = Duration(written: text) { return duration }
        report(value.diagnostic("“\(value.path)” needs a span of time.", remedy: "Write 500ms, 30s, 5m, 12h or 7d."))
        return nil
    }
}

extension Duration {
    /// Reads `500ms`, `30s`, `5m`, `12h`, `7d`; nil for anything else. Whole numbers below ten million only.
    public init?(written text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.count < 8, let number = Int(digits) else { return nil }
        switch text[digits.endIndex...] {
        case "ms": self = .milliseconds(number)
        case "s": self = .seconds(number)
        case "m": self = .seconds(number * 60)
        case "h": self = .seconds(number * 3_600)
        case "d": self = .seconds(number * 86_400)
        default: return nil
        }
    }
}
