import Status
import Testing

@testable import Feeds

@Suite("A feed of each kind")
struct FeedReaderTests {
    private static let at = Sample.at

    @Test("means what it says, told its kind or not", arguments: Sample.samples, [true, false])
    private func sample(sample: Sample, isTold: Bool) {
        guard isTold || sample.isTelling else { return }
        let report = FeedReader(kind: isTold ? sample.kind : nil, at: Self.at).report(of: Array(sample.body.utf8))
        #expect(report.kind == sample.kind)
        #expect(report.verdict == sample.verdict)
        #expect(report.incidents.count == sample.incidents)
        #expect(report.maintenances.count == sample.maintenances)
        #expect(report.components.count { $0.verdict != .operational } == sample.troubled)
        #expect(report.unknownWords == [:])
    }

    @Test("reads the same in UTF-16 of either order, with its mark or without, and with UTF-8's", arguments: Sample.samples)
    private func encodings(sample: Sample) {
        let reader = FeedReader(kind: sample.kind, at: Self.at)
        let plain = reader.report(of: Array(sample.body.utf8))
        let big = sample.body.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let little = sample.body.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        for body in [[0xFE, 0xFF] + big, [0xFF, 0xFE] + little, big, little, [0xEF, 0xBB, 0xBF] + Array(sample.body.utf8)] {
            #expect(reader.report(of: body) == plain)
        }
    }

    @Test("takes a new word for unknown and counts it, and lets it hide nothing that is red")
    func words() {
        func report(_ first: String, _ second: String) -> FeedReport {
            let body = """
                {"status":{"indicator":"none"},"components":[{"id":"1","name":"A","status":"\(first)"},{"id":"2","name":"B","status":"\(second)"}]}
                """
            return FeedReader(at: Self.at).report(of: Array(body.utf8))
        }
        #expect(report("wobbly", "operational").verdict == .unknown)
        #expect(report("wobbly", "wobbly").unknownWords == ["wobbly": 2])
        #expect(report("wobbly", "major_outage").verdict == .majorOutage)
        #expect(report("OPERATIONAL", "operational").verdict == .operational)
    }

    @Test("counts only the components that are asked for")
    func filter() {
        let body = Array(
            """
            {"status":{"indicator":"critical"},"components":[{"id":"1","name":"Fortnite","status":"operational"},
            {"id":"2","name":"Rocket League","status":"major_outage"}]}
            """.utf8)
        func verdict(_ names: [String]) -> FeedVerdict { FeedReader(at: Self.at, components: names).report(of: body).verdict }
        #expect(verdict([]) == .majorOutage)
        #expect(verdict(["fortnite"]) == .operational)
        #expect(verdict(["Rocket League"]) == .majorOutage)
        #expect(verdict(["*ORTNI*"]) == .operational)
        #expect(verdict(["fort*"]) == .operational)
        #expect(verdict(["!*LEAGUE"]) == .operational)
        #expect(verdict(["*", "!fort*"]) == .majorOutage)
        // It was renamed, or is spelt wrong: nothing is known.
        #expect(verdict(["Fortnit"]) == .unknown)
    }

    @Test("has a word for the journal, of the parts that count")
    func journal() {
        #expect(FeedVerdict.allCases.map(\.word) == [.none, .maintenance, .minor, .major, .critical, .unknown])
        let body = Array(
            #"{"status":{"indicator":"major"},"components":[{"id":"1","name":"A","status":"operational"},{"id":"2","name":"B","status":"partial_outage"}]}"#
                .utf8)
        func word(_ names: [String]) -> OfficialWord { FeedReader(at: Self.at, components: names).report(of: body).verdict.word }
        #expect([word([]), word(["a"]), word(["b"]), word(["c"])] == [.major, .none, .major, .unknown])
    }

    @Test("looks at every part of an incident for the parts that count")
    func widgetFilter() {
        let body = Array(
            """
            {"page_title":"O","ongoing_incidents":[{"id":"1","name":"T","status":"identified","current_worst_impact":"full_outage",
            "affected_components":[{"id":"a","name":"A1","current_status":"full_outage"},{"id":"b","name":"A2","current_status":
            "degraded_performance"},{"id":"c","name":"B","current_status":"operational"}]}],"in_progress_maintenances":[]}
            """.utf8)
        #expect(FeedReader(at: Self.at, components: ["A*"]).report(of: body).incidents.map(\.verdict) == [.majorOutage])
        #expect(FeedReader(at: Self.at, components: ["B"]).report(of: body).verdict == .operational)
    }

    @Test(
        "knows times in the forms that feeds use",
        arguments: [
            "2026-11-23T10:00:00Z", "2026-11-23T11:00:00.000+01:00", "Mon, 23 Nov 2026 10:00:00 GMT",
            "Mon, 23 Nov 2026 18:00:00 +0800",
            "Mon, 23 Nov 2026 02:00:00 PST", "Mon Nov 23 2026 10:00:00 GMT+0000 (Coordinated Universal Time)",
            "Mon, 23 Nov 2026 10:00 Z",
            "1795428000", "1795428000000",
        ])
    func times(text: String) {
        let value = FeedJSON("{\"t\":\"\(text)\",\"n\":\(Double(text) == nil ? "0" : text)}")
        #expect(value.flatMap { FeedTime.read($0["t"]) } == Self.at)
    }
}
