import Schedules
import Testing

@Suite("What is due next")
struct SchedulerTests {
    private var scheduler = Scheduler<String>()
    private let utc: Zone
    /// 2026-11-25, a Wednesday, at midnight.
    private let start = 1_795_564_800

    init() throws {
        utc = try #require(Zone("UTC"))
    }

    private mutating func set(_ id: String, _ text: String, after last: Int? = nil) throws {
        let expression = try CronExpression(text)
        scheduler.set(id, expression, in: utc, after: last ?? start)
    }

    @Test("comes in its order, each again at its next moment")
    mutating func order() throws {
        try set("hourly", "0 * * * *")
        try set("nine", "0 9 * * *")
        try set("half", "30 * * * *")
        var seen: [String] = []
        for _ in 0..<6 {
            let deadline = try #require(scheduler.deadline)
            seen += scheduler.due(at: deadline).map { "\($0.id) \(($0.at - start) / 60)" }
        }
        #expect(seen == ["half 30", "hourly 60", "half 90", "hourly 120", "half 150", "hourly 180"])
    }

    @Test("nothing is due before its time, and nothing twice")
    mutating func once() throws {
        try set("nine", "0 9 * * *")
        let nine = start + 9 * 3_600
        let due = [nine - 1, nine, nine, nine + 3_600].map { scheduler.due(at: $0) }
        #expect(due.map(\.count) == [0, 1, 0, 0])
        #expect(scheduler.deadline == nine + 86_400)
    }

    @Test("of what was missed only the latest is due, and is called late")
    mutating func missed() throws {
        for (id, text) in [
            ("minute", "* * * * *"), ("hour", "15 * * * *"), ("day", "0 9 * * *"), ("month", "0 0 1 * *"),
            ("year", "0 0 26 11 *"),
        ] {
            try set(id, text)
        }
        // A year and a day later, at half past ten.
        let now = start + 366 * 86_400 + 10 * 3_600 + 30 * 60 + 5
        let due = scheduler.due(at: now)
        let ages = Dictionary(uniqueKeysWithValues: due.map { ($0.id, now - $0.at) })
        #expect(ages["minute"] == 5 && ages["hour"] == 15 * 60 + 5 && ages["day"] == 90 * 60 + 5)
        #expect(due.count == 5 && Set(due.filter(\.isLate).map(\.id)) == ["hour", "day", "month", "year"])
        #expect(try #require(scheduler.deadline) > now)
        #expect(scheduler.due(at: now).isEmpty)
    }

    @Test("what is set anew or taken away is not due any more")
    mutating func replaced() throws {
        try set("a", "0 1 * * *")
        try set("a", "0 2 * * *")
        try set("b", "0 1 * * *")
        scheduler.remove("b")
        scheduler.remove("never there")
        #expect(scheduler.deadline == start + 2 * 3_600 && scheduler.count == 1)
        let due = scheduler.due(at: start + 86_400 - 1)
        #expect(due.map(\.id) == ["a"])
    }

    @Test("thousands of changes leave no trace")
    mutating func churn() throws {
        for hour in 0..<2_000 { try set("a", "0 \(hour % 24) * * *") }
        for number in 0..<500 { try set("x\(number)", "0 1 * * *") }
        for number in 0..<500 { scheduler.remove("x\(number)") }
        #expect(scheduler.count == 1)
        #expect(scheduler.due(at: start + 86_400).map(\.id) == ["a"])
    }

    @Test("is due when one that counts every minute says so")
    mutating func againstCounting() throws {
        let texts = ["*/7 * * * *", "13 */5 * * *", "0 9 * * 1-5", "30 2 1,15 * *", "59 23 * * 0"]
        for (number, text) in texts.enumerated() { try set("\(number)", text) }
        let zone = utc
        var counted: [String: [Int]] = [:]
        for (number, text) in texts.enumerated() {
            let expression = try CronExpression(text)
            // Due at a minute when it is the next one after the second before.
            counted["\(number)"] = stride(from: start + 60, through: start + 20 * 86_400, by: 60).filter {
                expression.next(after: $0 - 1, in: zone) == $0
            }
        }
        var seen: [String: [Int]] = [:]
        while let deadline = scheduler.deadline, deadline <= start + 20 * 86_400 {
            for due in scheduler.due(at: deadline) { seen[due.id, default: []].append(due.at) }
        }
        #expect(seen == counted)
    }
}
