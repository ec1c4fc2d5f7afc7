import Status

/// Times in the half dozen forms that feeds write them in.
enum FeedTime {
    /// RFC 3339; RFC 822; JavaScript's `Date`; seconds or milliseconds since 1970.
    static func read(_ value: FeedJSON) -> Timestamp? {
        if let text = value.text, let time = read(text) { return time }
        guard let number = value.number, number > 0, number < 1e14 else { return nil }
        // The year 5138 in seconds, 1973 in milliseconds.
        return Timestamp(milliseconds: Int64(number < 1e11 ? number * 1_000 : number))
    }

    static func read(_ text: String) -> Timestamp? {
        let text = text.trimmingPrefix { $0.isWhitespace }
        if let time = Timestamp(text) { return time }
        return words(text)
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// `Thu, 17 Sep 2026 16:45:38 +0800`, `Sat, 01 Aug 2026 00:22:00 Z`, `Thu Feb 05 2026 13:00:00 GMT+0000 (…)`.
    private static func words(_ text: Substring) -> Timestamp? {
        var day: Int?
        var month: Int?
        var year: Int?
        var clock: Substring?
        var offset: String?
        for word in text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\n" || $0 == "\t" }).prefix(8) {
            if word.contains(":"), clock == nil {
                clock = word
            } else if let found = months.firstIndex(of: word.prefix(3).lowercased()), month == nil {
                month = found + 1
            } else if let number = Int(word), word.first?.isNumber == true {
                if word.count == 4 { year = number } else if day == nil { day = number }
            } else if clock != nil, offset == nil {
                offset = zone(word)
            }
        }
        guard let day, let month, let year, let clock else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = clock.split(separator: ":").map { Int($0).map(two) ?? "" } + ["00"]
        guard time.count >= 3 else { return nil }
        return Timestamp("\(year)-\(two(month))-\(two(day))T\(time[0]):\(time[1]):\(time[2])\(offset ?? "Z")")
    }

    /// `+0800`, `GMT+0000`, `Z`, `PST` as RFC 3339 has it; nil for a zone nobody knows.
    private static func zone(_ word: Substring) -> String? {
        let named = [
            "z": 0, "gmt": 0, "utc": 0, "ut": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
            "pdt": -7,
        ]
        if let hours = named[word.lowercased()] {
            return hours == 0 ? "Z" : "\(hours < 0 ? "-" : "+")0\(abs(hours)):00"
        }
        guard let sign = word.lastIndex(where: { $0 == "+" || $0 == "-" }) else { return nil }
        let digits = word[word.index(after: sign)...].filter(\.isNumber)
        guard digits.count == 4 else { return nil }
        return "\(word[sign])\(digits.prefix(2)):\(digits.suffix(2))"
    }
}
