/// When something is due, as cron writes it: minute, hour, day of the month, month, day of the week.
///
///     30 8 * * mon-fri     at 8:30 on weekdays
///     0 9 1,15 * *         at 9:00 on the 1st and the 15th
///     */20 6-22 * * *      every twenty minutes from 6:00 to 22:40
///
/// As in cron(5), a day fits by either of its two fields when both are restricted. Months and days of the week have English names
/// of three letters; 0 and 7 are Sunday. `@hourly`, `@daily`, `@weekly`, `@monthly` and `@yearly` are short for what they say.
public struct CronExpression: Hashable, Sendable {
    /// One bit for each value that fits.
    let minutes: UInt64
    let hours: UInt64
    let days: UInt64
    let months: UInt64
    /// From Sunday, 0.
    let weekdays: UInt64
    /// Whether the field is anything but `*`, as croniter has it: `0-6` says as much, and is a restriction all the same.
    let restrictsDays: Bool
    let restrictsWeekdays: Bool

    /// What is wrong with a text, in a sentence for the one who wrote it.
    public struct Invalid: Error, Equatable, Sendable, CustomStringConvertible {
        public let description: String

        init(_ description: String) {
            self.description = description
        }
    }

    private static let shorts = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *",
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]
    private static let longest = 200

    public init(_ text: String) throws(Invalid) {
        guard text.utf8.count <= Self.longest else { throw Invalid("This is too long for a schedule.") }
        let lower = text.lowercased()
        let words = lower.split(whereSeparator: \.isWhitespace)
        let fields = words.count == 1 ? (Self.shorts[String(words[0])] ?? lower).split(separator: " ") : words
        guard fields.count == 5 else {
            throw Invalid("A schedule has five fields: minute, hour, day, month, day of the week. Here are \(fields.count).")
        }
        minutes = try CronField.minute.read(fields[0])
        hours = try CronField.hour.read(fields[1])
        days = try CronField.day.read(fields[2])
        months = try CronField.month.read(fields[3])
        let read = try CronField.weekday.read(fields[4])
        // Sunday is 0 and 7.
        weekdays = (read | read >> 7) & 0x7F
        (restrictsDays, restrictsWeekdays) = (fields[2] != "*", fields[4] != "*")
        if let never = never { throw never }
    }

    /// Whether a date fits.
    func fits(_ date: CivilDate) -> Bool {
        guard months >> UInt64(date.month) & 1 == 1 else { return false }
        let byDay = days >> UInt64(date.day) & 1 == 1
        let byWeekday = weekdays >> UInt64(date.weekday) & 1 == 1
        return restrictsDays && restrictsWeekdays ? byDay || byWeekday : byDay && byWeekday
    }

    /// Set for what never comes, such as the 31st of February.
    private var never: Invalid? {
        // A restricted day of the week comes in every month.
        if restrictsDays, restrictsWeekdays { return nil }
        let comes = (1...12).contains { month in
            let length = month == 2 ? 29 : CivilDate.length(ofMonth: month, year: 2_024)
            return months >> UInt64(month) & 1 == 1 && days & ((2 << UInt64(length)) - 2) != 0
        }
        return comes ? nil : Invalid("That day never comes: none of these months is so long.")
    }
}
