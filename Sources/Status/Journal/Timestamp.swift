public import Timing

/// A point in time as journals write it: RFC 3339, to the millisecond.
///
/// Its own reader, because a replay reads a million of them and Foundation's takes longer than everything else together.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Since 1970, without leap seconds.
    public var milliseconds: Int64

    /// Years from 1970 to 9999.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// On the time line of a journal, whose origin is 1970.
    public var instant: Instant { Instant(sinceOrigin: .milliseconds(milliseconds)) }

    /// The hour of the week, 0 ... 167, in UTC; 0 is the hour after midnight on Monday.
    public var hourOfWeek: Int {
        // 1970 began on a Thursday.
        let hours = milliseconds / 3_600_000 + 72
        return Int(((hours % 168) + 168) % 168)
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// `2026-11-23T10:00:00.000Z`.
    public var description: String {
        let day = Int((milliseconds >= 0 ? milliseconds : milliseconds - 86_399_999) / 86_400_000)
        let time = Int(milliseconds - Int64(day) * 86_400_000)
        let date = CivilDate(daysSince1970: day)
        func digits(_ value: Int, _ count: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        return "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))T"
            + "\(digits(time / 3_600_000, 2)):\(digits(time / 60_000 % 60, 2)):\(digits(time / 1_000 % 60, 2)).\(digits(time % 1_000, 3))Z"
    }
}

extension Timestamp {
    /// Reads `2026-11-23T10:00:00Z`, with or without a fraction of a second, with `Z` or an offset such as `+01:00`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let stamp = text.withUTF8({ Timestamp($0) }) else { return nil }
        self = stamp
    }

    /// The same from UTF-8.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var digits = DigitReader(text)
        guard let year = digits.number(4), digits.take("-"), let month = digits.number(2), digits.take("-"),
            let day = digits.number(2),
            digits.take("T") || digits.take("t") || digits.take(" "),
            let hour = digits.number(2), digits.take(":"), let minute = digits.number(2), digits.take(":"),
            let second = digits.number(2), let fraction = digits.milliseconds(), let offset = digits.offset(), digits.isAtEnd,
            year >= 1970, (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        let seconds = ((date.daysSince1970 * 24 + hour) * 60 + minute - offset) * 60 + second
        milliseconds = Int64(seconds) * 1_000 + Int64(fraction)
    }
}

/// A day of the Gregorian calendar, and how many days it is from 1970. The arithmetic counts years from March, so that the leap day comes
/// last, in cycles of 400 years (146 097 days).
private struct CivilDate {
    var year: Int
    var month: Int
    var day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * fromMarch + 2) / 5 + 1
        month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSince1970: Int {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

private struct DigitReader {
    private let text: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    var isAtEnd: Bool { place == text.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard place < text.count, text[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func digit() -> Int? {
        guard place < text.count, case let digit = text[place] &- UInt8(ascii: "0"), digit < 10 else { return nil }
        place += 1
        return Int(digit)
    }

    mutating func number(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// `.123456` to 123; nothing to 0; finer digits are cut off.
    mutating func milliseconds() -> Int? {
        guard take(".") else { return 0 }
        var value = 0
        var count = 0
        while let digit = digit() {
            if count < 3 { value = value * 10 + digit }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 3)..<3 { value *= 10 }
        return value
    }

    /// Minutes east of UTC.
    mutating func offset() -> Int? {
        if take("Z") || take("z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hours = number(2), take(":"), let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
