import Status
import Testing

@testable import Feeds

@Suite("The kind of a feed")
struct FeedKindTests {
    private static let at = Timestamp(milliseconds: 1_795_428_000_000)

    @Test(
        "tells the kind by the address where the body does not",
        arguments: [(String, FeedKind?, FeedVerdict)]([
            ("https://health.aws.amazon.com/public/currentevents", .aws, .operational),
            ("https://www.google.com/appsstatus/dashboard/incidents.json", .google, .operational),
            ("HTTPS://Status.Cloud.Google.com:443/incidents.json", .google, .operational),
            ("https://nothealth.aws.amazon.com.example/", nil, .unknown),
            ("https://www.google.com/search?q=/appsstatus/", nil, .unknown),
            ("https://health.aws.amazon.com@evil.example/", nil, .unknown), ("health.aws.amazon.com", nil, .unknown),
        ]))
    func address(url: String, kind: FeedKind?, verdict: FeedVerdict) {
        let report = FeedReader(at: Self.at, url: url).report(of: Array("[]".utf8))
        #expect(report.kind == kind)
        #expect(report.verdict == verdict)
    }

    @Test("believes the body before the address")
    func addressAndBody() {
        let body = Array(#"{"status":{"indicator":"critical"},"page":{"id":"x"}}"#.utf8)
        let report = FeedReader(at: Self.at, url: "https://health.aws.amazon.com/").report(of: body)
        #expect(report.kind == .statuspage)
        #expect(report.verdict == .majorOutage)
    }

    @Test(
        "knows kinds as people write them",
        arguments: [(String, FeedKind?)]([
            ("statuspage", .statuspage), ("Statuspage-incidents", .statuspage), ("status.io", .statusio),
            ("azure-rss", .azureRSS), ("azure-devops", .azuredevops), ("aws-rss", .aws), ("google-workspace", .google),
            ("statuspag", nil), ("", nil), ("-", nil), ("azure", nil), ("rssx", nil),
        ]))
    func kinds(name: String, kind: FeedKind?) {
        #expect(FeedKind(named: name) == kind)
    }
}
