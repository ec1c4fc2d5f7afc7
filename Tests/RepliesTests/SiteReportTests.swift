import Status
import Testing
import Timing

@testable import Replies

@Suite("A page that somebody named")
struct SiteReportTests {
    private static func result(_ outcome: ProbeResult.Outcome, _ phase: ProbeResult.Phase? = nil, status: Int? = nil) -> PageLook
    {
        .looked(
            ProbeResult(
                target: Target(kind: .https, host: "example.com", port: 443, path: "/@everyone"), outcome: outcome, phase: phase,
                total: .milliseconds(83), status: status, detail: "secret detail"))
    }

    @Test(
        "is spoken of by its host alone, and no more is claimed than was seen",
        arguments: [
            (
                result(.ok, status: 200),
                "example.com answers me, in 83 ms. So if it fails for you, the trouble is more likely on your side of the line."
            ),
            (
                result(.blocked, .http, status: 403),
                "example.com answers and turns me away (HTTP 403). It is alive; how it treats you I cannot see from here."
            ),
            (
                result(.failed, .http, status: 502),
                "example.com answers with an error (HTTP 502). The server is there, and something on it is not well."
            ),
            (
                result(.failed, .connect),
                "example.com does not answer me. I tried twice, from one place, so I cannot say whether it is down for everyone."
            ),
            (
                result(.failed, .dns),
                "I cannot find any address for example.com. Is it spelt right? I tried twice, from one place."
            ),
            (
                .blind,
                "I cannot tell: most of what I try to reach does not answer at the moment, so the fault is likely my own connection."
            ),
            (.wait(.seconds(60), for: .person), "I have just looked at a few sites for you. Ask me again in 1 minute."),
            (
                .wait(.seconds(3), for: .everybody),
                "I am looking at many sites at the moment. Ask me again in less than a minute."
            ),
            (.refused(.leadsTo(.loopback)), "I only look at public websites, and this is none or leads to where I do not look."),
            (.refused(.noHost), "I cannot read that as a web address. Write it like example.com, or copy it from your browser."),
        ] as [(PageLook, String)])
    func words(look: PageLook, text: String) throws {
        #expect(try Samples.composer().compose(look, at: "example.com").text == text)
    }
}
