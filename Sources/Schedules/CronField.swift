/// One of the five fields: its values and what they may be called.
struct CronField {
    let name: String
    let range: ClosedRange<Int>
    var names: [String] = []
    /// The value of the first name.
    var firstNamed = 0

    static let minute = CronField(name: "minute", range: 0...59)
    static let hour = CronField(name: "hour", range: 0...23)
    static let day = CronField(name: "day", range: 1...31)
    static let month = CronField(
        name: "month", range: 1...12,
        names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], firstNamed: 1)
    static let weekday = CronField(
        name: "day of the week", range: 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])

    /// The bits of all its values.
    var all: UInt64 { range.reduce(0) { $0 | 1 << UInt64($1) } }

    /// The values that a text names, a bit each: `*`, `5`, `1-5`, `*/15`, `mon,wed-fri`.
    func read(_ text: Substring) throws(CronExpression.Invalid) -> UInt64 {
        var values: UInt64 = 0
        for part in text.split(separator: ",", omittingEmptySubsequences: false) { values |= try bits(of: part) }
        return values
    }

    private func bits(of part: Substring) throws(CronExpression.Invalid) -> UInt64 {
        let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
        guard pieces.count <= 2, let first = pieces.first else { throw wrong(part) }
        var step = 1
        if pieces.count == 2 {
            guard let given = Int(pieces[1]), (1...range.upperBound).contains(given), pieces[1].first != "+" else {
                throw wrong(part)
            }
            step = given
        }
        let ends = first.split(separator: "-", omittingEmptySubsequences: false)
        let span: ClosedRange<Int>
        if first == "*" {
            // The seventh day is the Sunday that is there already.
            span = range.lowerBound...(range.upperBound == 7 ? 6 : range.upperBound)
        } else if ends.count == 2 {
            let (low, high) = (try value(ends[0], in: part), try value(ends[1], in: part))
            guard low <= high else {
                throw CronExpression.Invalid("“\(part)” runs backwards. Write the smaller \(name) first.")
            }
            span = low...high
        } else {
            guard ends.count == 1 else { throw wrong(part) }
            let low = try value(first, in: part)
            span = low...(pieces.count == 2 ? range.upperBound : low)
        }
        return stride(from: span.lowerBound, through: span.upperBound, by: step).reduce(0) { $0 | 1 << UInt64($1) }
    }

    private func value(_ text: Substring, in part: Substring) throws(CronExpression.Invalid) -> Int {
        if let place = names.firstIndex(where: { $0 == text }) { return place + firstNamed }
        guard let value = Int(text), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), range.contains(value) else {
            throw wrong(part)
        }
        return value
    }

    private func wrong(_ part: Substring) -> CronExpression.Invalid {
        let named = names.isEmpty ? "" : ", or \(names[0]) to \(names[names.count - 1])"
        return CronExpression.Invalid("“\(part)” is no \(name). Those are \(range.lowerBound) to \(range.upperBound)\(named).")
    }
}
