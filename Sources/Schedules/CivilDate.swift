/// A day of the calendar (Gregorian, also before it was), without a place on Earth.
struct CivilDate: Hashable, Comparable {
    /// Since 1970-01-01.
    let number: Int

    init(number: Int) {
        self.number = number
    }

    static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    /// From Sunday, 0.
    var weekday: Int { ((number + 4) % 7 + 7) % 7 }
    var year: Int { parts.year }
    var month: Int { parts.month }
    var day: Int { parts.day }

    /// Days in eras of 400 years, which are all of the same length (H. Hinnant, chrono-Compatible Low-Level Date Algorithms).
    var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let isLate = month >= 10
        return (yearOfEra + era * 400 + (isLate ? 1 : 0), isLate ? month - 9 : month + 3, dayOfYear - (153 * month + 2) / 5 + 1)
    }

    static func length(ofMonth month: Int, year: Int) -> Int {
        guard month == 2 else { return [4, 6, 9, 11].contains(month) ? 30 : 31 }
        return year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    }
}
