import Discord
import HTTP
import LocalWeb
import Testing
import Timing

@testable import StatusPage

@Suite("status page")
struct StatusPageTests {
    @Test("what gateways say of themselves becomes a report")
    func reports() {
        var gateway = GatewayHealth()
        gateway.plan(2, at: .at(1))
        gateway.limits(GatewayBot(url: "wss://gateway.invalid", remainingIdentifies: 900))
        gateway.note(.heartbeatAcknowledged(after: .milliseconds(41)), of: 0, at: .at(8))
        gateway.move(0, to: .ready, at: .at(2))
        gateway.move(1, to: .backingOff, at: .at(9))
        gateway.note(.closed(code: 4009, during: .ready), of: 1, at: .at(9))

        let report = HealthReport(gateway, rest: RESTHealth(waiting: 3), answers: true, at: .at(10))
        let first = HealthReport.Shard(
            shard: 0, phase: "ready", secondsInPhase: 8, heartbeatMilliseconds: 41, secondsSinceAcknowledgement: 2,
            identifies: 0, resumes: 0, lastClose: nil)
        let second = HealthReport.Shard(
            shard: 1, phase: "backingOff", secondsInPhase: 1, heartbeatMilliseconds: nil, secondsSinceAcknowledgement: nil,
            identifies: 0, resumes: 0, lastClose: 4009)
        #expect(report.shards == [first, second])
        #expect((report.standing, report.identifiesLeft, report.rest.waiting) == ("connecting", 900, 3))
        #expect(!report.isReady && report.reason == "1 of 2 connections are ready")
    }

    @Test(
        "ready and degraded are ready, all else has a reason",
        arguments: [
            (HealthReport.of(.ready), true, nil),
            (HealthReport.of(.degraded), true, nil),
            (HealthReport.of(.connecting), false, "0 of 1 connections are ready"),
            (HealthReport.of(.stopped), false, "Discord refused the bot for good: authenticationFailed"),
            (HealthReport.of(.ready, answers: false), false, "the bot's threads do not answer"),
            (
                HealthReport(GatewayHealth(), rest: RESTHealth(), answers: true, at: .origin), false,
                "the bot has not begun to connect"
            ),
        ] as [(HealthReport, Bool, String?)])
    func readiness(report: HealthReport, isReady: Bool, reason: String?) {
        #expect((report.isReady, report.reason) == (isReady, reason))
    }

    @Test(
        "healthz tells that it lives, readyz that it hears; HEAD the same without words; all else is not there",
        arguments: [
            ("/healthz", HTTPRequest.Method.get, HealthReport.of(.connecting), 200), ("/readyz", .get, .of(.connecting), 503),
            ("/healthz", .get, .of(.ready, answers: false), 503), ("/readyz", .get, .of(.degraded), 200),
            ("/readyz", .head, .of(.ready), 200), ("/readyz", .head, .of(.stopped), 503), ("/healthz", .post, .of(.ready), 404),
            ("/", .get, .of(.ready), 404), ("/healthz/x", .get, .of(.ready), 404), ("/metrics", .get, .of(.ready), 404),
        ])
    func answers(path: String, method: HTTPRequest.Method, report: HealthReport, status: Int) async throws {
        let page = try await StatusPage(at: ListenAddress(port: 0)) { report }
        let answer = try await HTTPClient(userAgent: "test").perform(HTTPRequest(method, "http://127.0.0.1:\(page.port)\(path)"))
        await page.stop()
        #expect(answer.status == status)
        #expect(answer.body.isEmpty == (method == .head))
    }

    @Test(
        "a name that leads here by a trick is not answered",
        arguments: [("127.0.0.1", 200), ("localhost:9187", 200), ("evil.example", 403), ("10.0.0.1", 403)])
    func hosts(host: String, status: Int) async throws {
        let page = try await StatusPage(at: ListenAddress(port: 0)) { .of(.ready) }
        var request = HTTPRequest(.get, "http://127.0.0.1:\(page.port)/healthz")
        request.headers = [("Host", host)]
        let answer = try await HTTPClient(userAgent: "test").perform(request)
        await page.stop()
        #expect(answer.status == status)
    }

    @Test("a port in use is said to be")
    func portInUse() async throws {
        let page = try await StatusPage(at: ListenAddress(port: 0)) { .of(.ready) }
        await #expect(throws: LocalServer.Failure.portInUse) {
            _ = try await StatusPage(at: ListenAddress(port: page.port)) { .of(.ready) }
        }
        await page.stop()
    }
}

@Suite("listen address")
struct ListenAddressTests {
    @Test(
        "is a numeric address and a port",
        arguments: [
            ("127.0.0.1:9187", true), ("127.1.2.3:1", true), ("[::1]:9187", true), ("0.0.0.0:9187", false), ("[::]:80", false),
            ("192.0.2.7:9187", false),
        ])
    func reads(text: String, isLoopback: Bool) {
        let address = ListenAddress(written: text)
        #expect(address?.description == text)
        #expect(address?.isLoopback == isLoopback)
    }

    @Test(
        "and nothing else",
        arguments: [
            "", "9187", ":9187", "localhost:9187", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "::1:9187", "[127.0.0.1]:1",
            "127.0.0.1.evil.example:80", "[::1]",
        ])
    func refuses(text: String) {
        #expect(ListenAddress(written: text) == nil)
    }

    @Test("where others may ask, they ask by a number")
    func hosts() {
        let everywhere = ListenAddress(host: "0.0.0.0", port: 9_187)
        #expect(LoopbackRules.mayAsk(host: "192.0.2.7:9187", at: everywhere))
        #expect(LoopbackRules.mayAsk(host: "[2001:db8::1]:9187", at: everywhere))
        #expect(!LoopbackRules.mayAsk(host: "evil.example:9187", at: everywhere))
        #expect(!LoopbackRules.mayAsk(host: "192.0.2.7", at: ListenAddress(port: 9_187)))
        #expect(everywhere.dialled.host == "127.0.0.1")
    }
}

extension HealthReport {
    fileprivate static func of(_ standing: GatewayHealth.Standing, answers: Bool = true) -> HealthReport {
        var gateway = GatewayHealth()
        gateway.plan(1, at: .origin)
        if standing != .connecting { gateway.move(0, to: .ready, at: .origin) }
        if standing == .degraded { gateway.lackPrivilegedIntents() }
        if standing == .stopped { gateway.end(.authenticationFailed) }
        return HealthReport(gateway, rest: RESTHealth(), answers: answers, at: .origin)
    }
}

extension Instant {
    fileprivate static func at(_ seconds: Int) -> Instant {
        Instant(sinceOrigin: .seconds(seconds))
    }
}
