import Status
import Testing

@testable import Feeds

@Suite("A feed that is damaged, hostile or too much")
struct FeedDamageTests {
    private static let at = Sample.at

    @Test("is unknown and nothing worse when it is cut off, of another kind, or damaged", arguments: Sample.samples)
    private func damaged(sample: Sample) {
        var state: UInt64 = 7
        func below(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, limit)
        }
        let body = Array(sample.body.utf8)
        // JSON and XML end with their last bracket.
        #expect(
            FeedReader(kind: sample.kind, at: Self.at).report(of: body.dropLast()).verdict == .unknown || sample.kind == .signal)
        for _ in 0..<300 {
            var bytes = body
            for _ in 0...below(6) { bytes[below(bytes.count)] = UInt8(below(256)) }
            if below(3) == 0 { bytes = Array(bytes.prefix(below(bytes.count))) }
            for kind in [nil, sample.kind, FeedKind.allCases[below(FeedKind.allCases.count)]] {
                expectBounded(FeedReader(kind: kind, at: Self.at, components: below(2) == 0 ? [] : ["A*"]).report(of: bytes))
            }
        }
    }

    @Test("takes anything for a value, wherever it stands", arguments: Sample.samples)
    private func otherValues(sample: Sample) {
        let values = [
            "null", "true", "-1", "0", "1e308", "99999999999999999999999", "1e11", "\"\"", "\"nan\"", "\"-inf\"", "\"0x1p9\"",
            "\"\\u0000\\ud800\"", "[]", "{}", "[null]", "{\"a\":[]}", "\"2026-13-45T99:99:99Z\"",
            "\"Mon, 99 Nov 9999 99:99:99 +9999\"",
            "\"<b>Status:</b>\"", "&#0;", "&#xFFFFFFFFFF;", "<b>Status:", "</strong>", "<![CDATA[", "]]>",
        ]
        // Everything between two marks of the format may be replaced by each of them.
        let marks = sample.body.indices.filter { ":,[]{}<>".contains(sample.body[$0]) }
        for (mark, next) in zip(marks, marks.dropFirst()) {
            for value in values {
                let body = sample.body[...mark] + value + sample.body[next...]
                expectBounded(FeedReader(kind: sample.kind, at: Self.at).report(of: Array(body.utf8)))
            }
        }
    }

    private static let bomb: String = {
        let levels = (1...9).map { "<!ENTITY e\($0) \"" + String(repeating: "&e\($0 - 1);", count: 10) + "\">" }.joined()
        return
            "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY e0 \"ha\">\(levels)]><rss><channel><item><title>&e9;</title></item></channel></rss>"
    }()

    @Test(
        "is unknown where it makes no sense",
        arguments: [
            "", " ", "{}", "[]", "null", "<html><body>All systems operational</body></html>", "{\"status\":{\"indicator\":null}}",
            "{\"page\":{},\"components\":null}", "[null,null]", "{\"status\":{\"indicator\":[1]}}", "operational", "<rss></rss>",
            "<rss>",
            "<rss><channel></rss></channel>", String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 50_000),
            String(repeating: "<a>", count: 100_000), "{\"status\":{\"indicator\":\"none\"}", "\u{0}\u{0}\u{0}\u{0}",
        ])
    func senseless(body: String) {
        #expect(FeedReader(at: Self.at).report(of: Array(body.utf8)).verdict == .unknown)
    }

    @Test("expands no entity and loads none")
    func entities() throws {
        let report = FeedReader(at: Self.at).report(of: Array(Self.bomb.utf8))
        #expect(report.incidents.map(\.title) == ["&e9;"])
        let outside =
            "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>&x;</title></item></channel></rss>"
        #expect(FeedReader(at: Self.at).report(of: Array(outside.utf8)).incidents.map(\.title) == ["&x;"])
    }

    @Test("reads no more than a feed may have")
    func caps() {
        let good = #"{"status":{"indicator":"none"},"components":[]}"#
        let long = Array((good + String(repeating: " ", count: FeedLimits.bytes)).utf8)
        #expect(FeedReader(at: Self.at).report(of: long).verdict == .unknown)
        #expect(FeedReader(at: Self.at).report(of: Array(good.utf8)).verdict == .operational)
        let title = String(repeating: "x", count: 10_000)
        let body = #"{"incidents":[{"id":"1","name":"\#(title)","status":"open"}],"page":{}}"#
        #expect(FeedReader(at: Self.at).report(of: Array(body.utf8)).incidents.first?.title.count == FeedLimits.text)
        let accents =
            #"{"incidents":[{"id":"1","name":"e\#(String(repeating: "\u{301}", count: 100_000))","status":"open"}],"page":{}}"#
        expectBounded(FeedReader(at: Self.at).report(of: Array(accents.utf8)))
        let guid = "<rss><channel><item><guid>\(title)</guid><title>t\u{1B}[2J\u{202E}\nu</title></item></channel></rss>"
        let item = FeedReader(at: Self.at).report(of: Array(guid.utf8)).incidents.first
        #expect(item?.id.count == FeedLimits.text)
        #expect(item?.title == "t [2J u")
    }

    @Test("lets the row beyond the cap count, and takes more values than any feed has for none")
    func rows() {
        func body(_ rows: Int) -> [UInt8] {
            let well = (0..<rows).map { #"{"id":"\#($0)","name":"a","status":"operational"},"# }.joined()
            return Array(#"{"page":{"id":"x"},"components":[\#(well){"id":"z","name":"z","status":"major_outage"}]}"#.utf8)
        }
        let many = FeedReader(at: Self.at).report(of: body(FeedLimits.records + 1))
        #expect(many.verdict == .majorOutage)
        #expect(many.components.count == FeedLimits.records)
        let empty = String(repeating: "{},", count: FeedLimits.values)
        let full = #"{"status":{"indicator":"none"},"components":[\#(empty){}]}"#
        #expect(FeedReader(at: Self.at).report(of: Array(full.utf8)).verdict == .unknown)
    }

    /// Nothing in a report is longer, more, or of more lines than it may be.
    private func expectBounded(_ report: FeedReport) {
        let texts =
            report.incidents.flatMap { [$0.id, $0.title, $0.status] } + report.components.flatMap { [$0.id, $0.name, $0.word] }
            + report.maintenances.flatMap { [$0.id, $0.title, $0.status] } + report.unknownWords.keys
        // Lower case can be longer than what it was.
        #expect(texts.allSatisfy { $0.unicodeScalars.count <= 2 * FeedLimits.text })
        #expect(!texts.contains { $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0.value == 0x9B } })
        #expect(report.incidents.count <= FeedLimits.records && report.components.count <= FeedLimits.records)
        #expect(report.maintenances.count <= FeedLimits.records && report.unknownWords.count <= 100)
    }
}
