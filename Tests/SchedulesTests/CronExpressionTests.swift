import Foundation
import Schedules
import Testing

@Suite("When a schedule is due")
struct CronExpressionTests {
    private func moment(_ text: String) throws -> Int {
        Int(try #require(try? Date.ISO8601FormatStyle().parse(text)).timeIntervalSince1970)
    }

    private func due(_ expression: String, after text: String, in zone: String, count: Int = 3) throws -> [String] {
        let schedule = try CronExpression(expression)
        let place = try #require(Zone(zone))
        var now = try moment(text)
        return try (0..<count).map { _ in
            now = try #require(schedule.next(after: now, in: place))
            return Date(timeIntervalSince1970: Double(now)).ISO8601Format()
        }
    }

    @Test(
        "from one to the next",
        arguments: [
            (
                "30 8 * * mon-fri", "2026-11-27T09:00:00Z",
                ["2026-11-30T08:30:00Z", "2026-12-01T08:30:00Z", "2026-12-02T08:30:00Z"]
            ),
            ("0 0 29 2 *", "2026-01-01T00:00:00Z", ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z", "2036-02-29T00:00:00Z"]),
            ("0 12 13 * fri", "2026-11-01T00:00:00Z", ["2026-11-06T12:00:00Z", "2026-11-13T12:00:00Z", "2026-11-20T12:00:00Z"]),
            ("*/20 6-7 * * *", "2026-11-25T06:50:00Z", ["2026-11-25T07:00:00Z", "2026-11-25T07:20:00Z", "2026-11-25T07:40:00Z"]),
            ("59 23 31 12 7", "2026-12-26T00:00:00Z", ["2026-12-27T23:59:00Z", "2026-12-31T23:59:00Z", "2027-12-05T23:59:00Z"]),
            ("@hourly", "2026-11-25T06:59:59Z", ["2026-11-25T07:00:00Z", "2026-11-25T08:00:00Z", "2026-11-25T09:00:00Z"]),
        ])
    func sequence(expression: String, after: String, expected: [String]) throws {
        #expect(try due(expression, after: after, in: "UTC") == expected)
    }

    @Test("what the clocks never show is due when they are put forward, and the next day as ever")
    func forward() throws {
        #expect(
            try due("30 2 * * *", after: "2026-03-28T12:00:00Z", in: "Europe/Berlin") == [
                "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z",
            ])
    }

    @Test("what they show twice is due twice, and every hour is every hour")
    func back() throws {
        #expect(
            try due("0 * * * *", after: "2026-10-24T23:30:00Z", in: "Europe/Berlin") == [
                "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z",
            ])
    }

    @Test(
        "what is none says what is wrong",
        arguments: [
            ("", "five fields"), ("* * * *", "Here are 4"), ("60 * * * *", "“60” is no minute. Those are 0 to 59."),
            ("0 24 * * *", "no hour"), ("0 0 0 * *", "no day"), ("0 0 * 13 *", "no month"), ("0 0 * * mun", "sun to sat"),
            ("0 0 31 2 *", "never comes"), ("0 0 31 apr,jun *", "never comes"), ("5-1 * * * *", "runs backwards"),
            ("*/0 * * * *", "no minute"), ("1,,2 * * * *", "no minute"), ("-1 * * * *", "no minute"), ("+5 * * * *", "no minute"),
            ("*/+5 * * * *", "no minute"), ("1-2-3 * * * *", "no minute"), ("@never", "five fields"), ("٣ * * * *", "no minute"),
            (String(repeating: "1,", count: 5_000) + "1 * * * *", "too long"),
        ])
    func wrong(text: String, says: String) {
        do {
            _ = try CronExpression(text)
            Issue.record("“\(text.prefix(40))” was taken")
        } catch {
            #expect(error.description.contains(says), "\(error.description)")
        }
    }

    @Test("the same expression is the same however it is written")
    func equal() throws {
        #expect(try CronExpression("0 9 * * 1-5") == CronExpression("0  9 * * MON-FRI"))
        #expect(try CronExpression("0 9 * * 0") == CronExpression("0 9 * * 7"))
        #expect(try CronExpression("*/1 0-23 * * *") == CronExpression("* * * * *"))
    }

    @Test("ten thousand random ones are due when croniter has them due, in zones with all kinds of clocks")
    func croniter() throws {
        // ./Tests/run says where a Python with croniter is.
        let python = try #require(ProcessInfo.processInfo.environment["ISITDOWN_PYTHON"])
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "croniter_next.py")
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [script.path(percentEncoded: false)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        var (count, wrong) = (0, [String]())
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t").map(String.init)
            guard fields.count == 4, let zone = Zone(fields[1]), let after = Int(fields[2]) else { continue }
            let next = try CronExpression(fields[0]).next(after: after, in: zone)
            count += 1
            if next != Int(fields[3]), wrong.count < 20 { wrong.append("\(line): \(next.map(String.init) ?? "never")") }
        }
        #expect(count >= 10_000)
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }
}
