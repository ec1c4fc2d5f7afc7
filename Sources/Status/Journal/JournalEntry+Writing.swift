extension JournalEntry {
    /// The entry as a line of a journal, without its line feed.
    public var line: String {
        var object = JSONObjectText()
        object.add("at", at.description)
        switch evidence {
        case .probe(let probe):
            object.add("service", probe.service.rawValue)
            object.add("kind", "probe")
            object.add("component", probe.component)
            object.add("target", probe.target)
            object.add("vantage", probe.vantage)
            object.add("outcome", probe.outcome.rawValue)
            object.add("phase", probe.phase?.rawValue)
            object.add("ms", probe.milliseconds)
        case .canary(let target, let isOK):
            object.add("kind", "canary")
            object.add("target", target)
            object.add("outcome", isOK ? "ok" : "failed")
        case .feed(let service, let source, let word):
            object.add("service", service.rawValue)
            object.add("kind", "feed")
            object.add("source", source)
            object.add("word", word.rawValue)
        case .page(let service, let source, let word):
            object.add("service", service.rawValue)
            object.add("kind", "page")
            object.add("source", source)
            object.add("word", word.rawValue)
        case .report(let service, let who, let place, let says):
            object.add("service", service.rawValue)
            object.add("kind", "report")
            object.add("who", who)
            object.add("where", place)
            object.add("says", says.rawValue)
        }
        return object.text
    }
}

/// A JSON object on its way to be a line of text.
struct JSONObjectText {
    private var members: [String] = []

    mutating func add(_ key: String, _ value: String?) {
        members.append("\"\(key)\":\(value.map(Self.quoted) ?? "null")")
    }

    mutating func add(_ key: String, _ value: Int) {
        members.append("\"\(key)\":\(value)")
    }

    /// - Parameter value: finite; written with at most `digits` digits behind the point.
    mutating func add(_ key: String, _ value: Double, digits: Int) {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        members.append("\"\(key)\":\((value * scale).rounded() / scale)")
    }

    mutating func add(_ key: String, _ values: [String]) {
        members.append("\"\(key)\":[\(values.map(Self.quoted).joined(separator: ","))]")
    }

    var text: String { "{\(members.joined(separator: ","))}" }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case ..<" ": quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
