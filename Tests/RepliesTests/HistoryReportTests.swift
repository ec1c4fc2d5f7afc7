import Status
import Testing
import Timing

@testable import Replies

@Suite("A service's past")
struct HistoryReportTests {
    private static let noon = Timestamp(milliseconds: 1_795_428_000_000)
    private static func after(hours: Int) -> Timestamp { Timestamp(milliseconds: noon.milliseconds + Int64(hours) * 3_600_000) }

    private func said(_ states: [(hours: Int, state: Verdict.State)], at hours: Int) throws -> String {
        var history = History(since: Self.noon)
        for (at, state) in states { history.note(state, at: Self.after(hours: at)) }
        let now = Self.after(hours: hours)
        history.count(upTo: now)
        let voice = Voice(
            catalog: try Samples.catalog(), language: "en", service: Service(id: "kik", name: "Kik", components: []))
        return try #require(HistoryReport(past: (history, now), voice: voice).paragraph)
    }

    @Test("without an outage says how long nobody saw one")
    func none() throws {
        #expect(try said([(0, .up)], at: 50) == "I have watched Kik for 2 days and have not seen it down in that time.")
    }

    @Test("names the last outage, how many there were in a month, and how short the record is")
    func last() throws {
        #expect(
            try said([(0, .up), (10, .down), (12, .up), (30, .down), (33, .up)], at: 240) == """
                The last time I saw Kik down was 8 days ago, for 3 hours. In the last 30 days I have seen it down 2 times, 5 hours in all. \
                I have watched it for 10 days only, so there may have been more before that.
                """)
    }

    @Test("says that an outage goes on")
    func lasts() throws {
        #expect(try said([(0, .up), (800, .down)], at: 801) == "Kik has been down for 60 minutes now, as far as I can see.")
    }

    @Test("owns up to the time in which nothing was seen")
    func gaps() throws {
        let text = try said([(0, .up), (100, .unknown), (120, .up)], at: 800)
        #expect(text.hasSuffix("For 20 hours of the last 30 days I did not see anything, and count that as neither."))
    }
}
