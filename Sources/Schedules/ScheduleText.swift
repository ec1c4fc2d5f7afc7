/// A schedule as people write it: “every day at 09:00”, “weekdays 8:30”, “mon, wed and fri at 7pm”, “every 2 hours”, “on the 1st at noon”.
/// What is none of that is read as cron writes it.
public enum ScheduleText {
    private static let examples = "“every day at 09:00”, “weekdays 8:30”, “mondays at 7pm”, “every 2 hours”, “on the 1st at noon”"
    private static let ignored: Set<String> = ["every", "each", "at", "on", "the", "of", "and", "a", "in", "o'clock", "oclock"]
    private static let days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
    private static let longest = 200

    /// Reads a text.
    ///
    /// - Throws: what is wrong with it, for the one who wrote it.
    public static func read(_ text: String) throws(CronExpression.Invalid) -> CronExpression {
        guard text.utf8.count <= longest else { throw CronExpression.Invalid("This is too long for a schedule.") }
        if text.first(where: { !$0.isWhitespace }).map({ "@*0123456789".contains($0) }) ?? false, looksLikeCron(text) {
            return try CronExpression(text)
        }
        var parts = Parts()
        let words = text.lowercased().split { $0.isWhitespace || $0 == "," }.map(String.init)
        var index = 0
        while index < words.count {
            let next = index + 1 < words.count ? words[index + 1] : nil
            index += try parts.take(words[index], next)
        }
        guard let expression = try parts.expression() else {
            throw CronExpression.Invalid("I don't understand “\(text.prefix(60))”. Write it like \(examples).")
        }
        return expression
    }

    private static func looksLikeCron(_ text: String) -> Bool {
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.first?.first == "@" || words.count == 5
    }

    /// What the words have said so far.
    private struct Parts {
        var weekdays: Set<Int> = []
        var monthDays: Set<Int> = []
        var isDaily = false
        var isMonthly = false
        var everyHours: Int?
        var everyMinutes: Int?
        var times: [(hour: Int, minute: Int)] = []

        /// Takes a word, and the next one where it belongs to it; how many words that were.
        mutating func take(_ word: String, _ next: String?) throws(CronExpression.Invalid) -> Int {
            if ScheduleText.ignored.contains(word) { return 1 }
            if let count = Int(word), let unit = next.flatMap(Self.unit) {
                try repeats(count, unit)
                return 2
            }
            if let time = Self.time(word, next) {
                times.append((time.hour, time.minute))
                return time.words
            }
            switch word {
            case "day", "daily", "days": isDaily = true
            case "hour", "hourly": everyHours = 1
            case "minute": everyMinutes = 1
            case "month", "monthly": isMonthly = true
            case "week", "weekly": if weekdays.isEmpty { weekdays = [1] }
            case "weekday", "weekdays", "workday", "workdays": weekdays.formUnion(1...5)
            case "weekend", "weekends": weekdays.formUnion([0, 6])
            default:
                if let day = Self.weekday(word) {
                    weekdays.insert(day)
                } else if let day = Self.monthDay(word) {
                    monthDays.insert(day)
                } else {
                    throw CronExpression.Invalid(
                        "I don't understand “\(word.prefix(30))”. Write it like \(ScheduleText.examples).")
                }
            }
            return 1
        }

        private mutating func repeats(_ count: Int, _ unit: Character) throws(CronExpression.Invalid) {
            // What does not divide the hour or the day would come unevenly.
            let whole = unit == "h" ? 24 : 60
            guard count > 0, count < whole, whole.isMultiple(of: count) else {
                let kind = unit == "h" ? "hours" : "minutes"
                let fitting = (1..<whole).filter { whole.isMultiple(of: $0) }.map(String.init).joined(separator: ", ")
                throw CronExpression.Invalid("Every \(count) \(kind) does not come out even. These do: \(fitting).")
            }
            if unit == "h" { everyHours = count } else { everyMinutes = count }
        }

        private static func unit(_ word: String) -> Character? {
            switch word {
            case "h", "hour", "hours": "h"
            case "m", "min", "mins", "minute", "minutes": "m"
            default: nil
            }
        }

        private static func weekday(_ word: String) -> Int? {
            guard word.count >= 3 else { return nil }
            let single = word.hasSuffix("s") && word.count > 4 ? String(word.dropLast()) : word
            return ScheduleText.days.firstIndex { $0.hasPrefix(single) }
        }

        private static func monthDay(_ word: String) -> Int? {
            guard ["st", "nd", "rd", "th"].contains(where: word.hasSuffix), let day = Int(word.dropLast(2)) else { return nil }
            return (1...31).contains(day) ? day : nil
        }

        /// `9`, `9:30`, `09.30`, `9am`, `9 pm`, `noon`, `midnight`.
        private static func time(_ word: String, _ next: String?) -> (hour: Int, minute: Int, words: Int)? {
            if word == "noon" { return (12, 0, 1) }
            if word == "midnight" { return (0, 0, 1) }
            var digits = Substring(word)
            var half: Substring?
            for suffix in ["am", "pm"] where digits.hasSuffix(suffix) {
                half = Substring(suffix)
                digits = digits.dropLast(2)
            }
            var words = 1
            if half == nil, let next, next == "am" || next == "pm" { (half, words) = (Substring(next), 2) }
            let parts = digits.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "." }
            guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy(\.isASCII) }),
                var hour = Int(parts[0]), let minute = parts.count == 2 ? Int(parts[1]) : 0, (0...59).contains(minute)
            else { return nil }
            if let half {
                guard (1...12).contains(hour) else { return nil }
                hour = hour % 12 + (half == "pm" ? 12 : 0)
            }
            return (0...23).contains(hour) ? (hour, minute, words) : nil
        }

        /// Nil where the words name no time at all.
        func expression() throws(CronExpression.Invalid) -> CronExpression? {
            let days = monthDays.isEmpty ? (isMonthly ? "1" : "*") : monthDays.sorted().map(String.init).joined(separator: ",")
            let week = weekdays.isEmpty ? "*" : weekdays.sorted().map(String.init).joined(separator: ",")
            if let everyMinutes, times.isEmpty, everyHours == nil {
                return try CronExpression("\(everyMinutes == 1 ? "*" : "*/\(everyMinutes)") * \(days) * \(week)")
            }
            if let everyHours, times.isEmpty, everyMinutes == nil {
                return try CronExpression("0 \(everyHours == 1 ? "*" : "*/\(everyHours)") \(days) * \(week)")
            }
            guard everyHours == nil, everyMinutes == nil else {
                throw CronExpression.Invalid("Either every so often or at a time, not both.")
            }
            guard let first = times.first else {
                guard isDaily || isMonthly || !weekdays.isEmpty || !monthDays.isEmpty else { return nil }
                throw CronExpression.Invalid("At what time? Write it like \(ScheduleText.examples).")
            }
            guard times.allSatisfy({ $0.minute == first.minute }) else {
                throw CronExpression.Invalid(
                    "Several times have to be at the same minute, such as 9:30 and 18:30. Make two of it.")
            }
            let hours = Set(times.map(\.hour)).sorted().map(String.init).joined(separator: ",")
            return try CronExpression("\(first.minute) \(hours) \(days) * \(week)")
        }
    }
}
