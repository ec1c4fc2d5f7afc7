import Timing

extension Voice {
    /// How long ago something was: “just now”, “12 seconds ago”, “3 minutes ago”, in whole units rounded down.
    func ago(_ age: Duration) -> String? {
        let seconds = max(0, age.components.seconds)
        return switch seconds {
        case ..<5: say("times.md", "now")
        case ..<60: count(seconds, "second")
        case ..<3_600: count(seconds / 60, "minute")
        case ..<86_400: count(seconds / 3_600, "hour")
        default: count(seconds / 86_400, "day")
        }
    }

    /// How long an answer took: “83 ms”, “4.2 seconds”.
    func took(milliseconds: Int) -> String? {
        let milliseconds = max(0, milliseconds)
        guard milliseconds >= 1_000 else { return say("times.md", "took-short", ["count": String(milliseconds)]) }
        let tenths = milliseconds / 100
        return say("times.md", "took-long", ["count": "\(tenths / 10)\(say("times.md", "decimal") ?? ".")\(tenths % 10)"])
    }

    /// How long something lasts: “12 minutes”, in whole units rounded down, in the next smaller unit below two of them.
    func length(milliseconds: Int64) -> String? {
        let minutes = max(0, milliseconds) / 60_000
        switch minutes {
        case 0: return say("times.md", "length-seconds")
        case ..<120: return lengths(minutes, "minute")
        case ..<2_880: return lengths(minutes / 60, "hour")
        default: return lengths(minutes / 1_440, "day")
        }
    }

    private func lengths(_ number: Int64, _ unit: String) -> String? {
        say("times.md", number == 1 ? "length-\(unit)" : "length-\(unit)s", ["count": String(number)])
    }

    private func count(_ number: Int64, _ unit: String) -> String? {
        say("times.md", number == 1 ? unit : unit + "s", ["count": String(number)])
    }
}
