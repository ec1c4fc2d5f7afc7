extension CronExpression {
    /// Leap days are at most eight years apart, and a day of the week comes back to one within forty.
    private static let furthest = 41 * 366

    /// The next moment at which it is due, later than `moment`; both in seconds since 1970. Nil when there is none within forty years.
    ///
    /// Where clocks are put forward, what they never show is due at the moment of the change, once, unless it is due in every hour anyway;
    /// where they are put back, what they show twice is due twice. So has croniter it.
    public func next(after moment: Int, in zone: Zone) -> Int? {
        let local = moment + zone.offset(at: moment)
        let first = Self.date(of: local)
        // What the clocks showed yesterday may come again.
        for number in (first.number - 1)...(first.number + Self.furthest) {
            let date = CivilDate(number: number)
            guard fits(date), let next = next(on: date, after: moment, in: zone) else { continue }
            return next
        }
        return nil
    }

    private static func date(of local: Int) -> CivilDate {
        CivilDate(number: local >= 0 ? local / 86_400 : -((86_399 - local) / 86_400))
    }

    private func next(on date: CivilDate, after moment: Int, in zone: Zone) -> Int? {
        let midnight = date.number * 86_400
        // Clocks are put on and back within a day of when they show it.
        let (before, after) = (zone.offset(at: midnight - 86_400), zone.offset(at: midnight + 2 * 86_400))
        guard before != after else { return firstMinute(after: moment + before - midnight).map { midnight + $0 * 60 - before } }
        var best: Int?
        var minute = 0
        while let fitting = firstMinute(from: minute) {
            let local = midnight + fitting * 60
            var moments = zone.moments(showing: local)
            if moments.isEmpty, hours != CronField.hour.all { moments = [zone.change(over: local)] }
            for due in moments where due > moment { best = min(best ?? due, due) }
            minute = fitting + 1
        }
        return best
    }

    /// The first fitting minute of a day that begins after a second of it.
    private func firstMinute(after second: Int) -> Int? {
        second < 0 ? firstMinute(from: 0) : firstMinute(from: second / 60 + 1)
    }

    /// The first fitting minute of a day from one on.
    private func firstMinute(from minute: Int) -> Int? {
        guard minute < 1_440 else { return nil }
        let hour = minute / 60
        if hours >> UInt64(hour) & 1 == 1, let rest = Self.first(in: minutes, from: minute % 60) { return hour * 60 + rest }
        guard let later = Self.first(in: hours, from: hour + 1), let start = Self.first(in: minutes, from: 0) else { return nil }
        return later * 60 + start
    }

    private static func first(in bits: UInt64, from value: Int) -> Int? {
        guard value < 64 else { return nil }
        let rest = bits >> UInt64(value)
        return rest == 0 ? nil : value + rest.trailingZeroBitCount
    }
}
