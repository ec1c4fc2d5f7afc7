import HTTP
import Probes
import Status
import TestServers
import Testing

@Suite("Probes", .timeLimit(.minutes(1)))
struct ProberTests {
    let server: ProbedServer

    init() throws {
        server = try ProbedServer.shared.get()
    }

    private func probe(
        _ target: String,
        expecting expectation: Check.Expectation = Check.Expectation(),
        slowAfter: Duration = .seconds(30),
        timeout: Duration = .seconds(10)
    ) async throws -> ProbeResult {
        try await server.prober.probe(Target(target), expecting: expectation, slowAfter: slowAfter, timeout: timeout)
    }

    @Test(
        "each kind goes through its phases and no further",
        arguments: [
            ("dns://localhost", [true, false, false, false], nil), ("tcp://good.example:443", [true, true, false, false], nil),
            ("tls://good.example:443", [true, true, true, false], nil), ("http://good.example/", [true, true, false, true], 200),
            ("https://good.example/", [true, true, true, true], 200),
            ("ws://good.example/websocket", [true, true, false, true], 101),
            ("wss://good.example/websocket", [true, true, true, true], 101),
        ] as [(String, [Bool], Int?)]
    )
    func kinds(target: String, reached: [Bool], status: Int?) async throws {
        let result = try await probe(target)
        let phases = [result.phases.dns, result.phases.connect, result.phases.tls, result.phases.http]
        #expect(result.essence == ProbeResult.Essence(outcome: .ok, phase: nil, status: status))
        #expect(phases.map { $0 != nil } == reached)
        #expect(phases.compactMap(\.self).reduce(.zero, +) <= result.total)
        #expect(result.address == "127.0.0.1" || target.hasPrefix("dns"))
        #expect((result.certificate != nil) == reached[2])
        #expect(result.isEvidence)
    }

    @Test(
        "a status is judged",
        arguments: [
            ("/moved", .ok, 302, ""), ("/401", .blocked, 401, "HTTP 401"), ("/403", .blocked, 403, "HTTP 403"),
            ("/407", .blocked, 407, "HTTP 407"), ("/429", .blocked, 429, "HTTP 429"), ("/451", .blocked, 451, "HTTP 451"),
            ("/404", .failed, 404, "HTTP 404"), ("/500", .failed, 500, "HTTP 500"), ("/503", .failed, 503, "HTTP 503"),
            ("/mitigated", .blocked, 403, "HTTP 403 with a challenge page"),
            ("/waf", .blocked, 202, "HTTP 202 with a challenge page"),
        ] as [(String, ProbeResult.Outcome, Int, String)]
    )
    func statuses(path: String, outcome: ProbeResult.Outcome, status: Int, detail: String) async throws {
        let expected = ProbeResult.Essence(outcome: outcome, phase: outcome == .ok ? nil : .http, status: status, detail: detail)
        #expect(try await probe("https://good.example\(path)").essence == expected)
        #expect(try await probe("http://good.example\(path)").essence == expected)
    }

    @Test("a status that is expected is good, and one that is not is not")
    func expectedStatus() async throws {
        #expect(try await probe("http://good.example/404", expecting: Check.Expectation(statuses: [404])).outcome == .ok)
        #expect(try await probe("http://good.example/401", expecting: Check.Expectation(statuses: [401])).outcome == .ok)
        #expect(try await probe("http://good.example/", expecting: Check.Expectation(statuses: [204])).outcome == .failed)
    }

    @Test("a Cloudflare challenge of the older kind is known by its page, and nothing of the page is repeated")
    func challengePage() async throws {
        let page = "<script>window._cf_chl_opt={}</script>"
        let head = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: \(page.utf8.count)\r\n"
        let challenge = try CannedServer(answer: "\(head)Server: cloudflare\r\n\r\n\(page)")
        let plainFault = try CannedServer(answer: "\(head)Server: other\r\n\r\n\(page)")
        #expect(
            try await probe("http://127.0.0.1:\(challenge.port)/").essence
                == ProbeResult.Essence(outcome: .blocked, phase: .http, status: 503, detail: "HTTP 503 with a challenge page")
        )
        #expect(try await probe("http://127.0.0.1:\(plainFault.port)/").outcome == .failed)
    }

    @Test(
        "a certificate that does not fit fails in the tls phase, and the detail says why",
        arguments: ["tls", "https", "wss"],
        [
            ("expired.example", "expired"), ("stranger.example", "local issuer"), ("wrong.example", "no alternative certificate"),
        ]
    )
    func certificates(scheme: String, fault: (host: String, reason: String)) async throws {
        let result = try await probe("\(scheme)://\(fault.host)")
        #expect(result.outcome == .failed)
        #expect(result.phase == .tls)
        #expect(result.detail.contains(fault.reason))
        // The handshake was reached, and took its time.
        #expect(result.phases.connect != nil && (result.phases.tls ?? .zero) > .zero && result.phases.http == nil)
    }

    @Test("the certificate comes with the days it has left, rounded down", arguments: [(12, 6), (156, 0), (180, -1), (252, -4)])
    func daysLeft(hoursAhead: Int64, daysLeft: Int) async throws {
        // It is valid for seven days, 168 hours.
        let result = try await server.prober(ahead: hoursAhead).probe(Target("tls://good.example"), slowAfter: .seconds(30))
        let expected = ProbeResult.Certificate(subject: "good.example", issuer: "isitdown local authority", daysLeft: daysLeft)
        #expect(result.certificate == expected)
    }

    @Test("an answer that takes longer than its limit is slow in its longest phase")
    func slow() async throws {
        let result = try await probe("https://good.example/", slowAfter: .zero)
        let phases: [(ProbeResult.Phase, Duration?)] = [
            (.dns, result.phases.dns), (.connect, result.phases.connect), (.tls, result.phases.tls), (.http, result.phases.http),
        ]
        #expect(result.outcome == .slow)
        #expect(result.phase == phases.max { ($0.1 ?? .zero) < ($1.1 ?? .zero) }?.0)
    }

    @Test("a name that does not exist fails in the dns phase", arguments: Target.Kind.allCases)
    func unresolvable(kind: Target.Kind) async throws {
        let result = try await probe("\(kind)://something.invalid\(kind == .dns ? "" : ":81")")
        #expect(result.essence.outcome == .failed)
        #expect(result.phase == .dns)
        #expect(result.detail == "Could not resolve host: something.invalid")
        #expect(result.phases == ProbeResult.Phases(dns: result.total))
    }

    @Test("a port that refuses fails in the connect phase", arguments: Target.Kind.allCases.filter { $0 != .dns })
    func refused(kind: Target.Kind) async throws {
        let refusing = try LoopbackSocket(isListening: false)
        let result = try await probe("\(kind)://127.0.0.1:\(refusing.port)")
        #expect(result.outcome == .failed)
        #expect(result.phase == .connect)
        #expect(result.phases.connect != nil && result.phases.tls == nil && result.phases.http == nil)
        #expect(result.address == "127.0.0.1")
    }

    @Test(
        "a server that stays silent fails in the phase that waits for it",
        arguments: [("tls", ProbeResult.Phase.tls), ("http", .http), ("https", .tls), ("ws", .protocol), ("wss", .tls)]
    )
    func silent(scheme: String, phase: ProbeResult.Phase) async throws {
        let result = try await probe("\(scheme)://127.0.0.1:\(server.silent.port)", timeout: .seconds(1))
        #expect(result.outcome == .failed)
        #expect(result.phase == phase)
        #expect(result.phases.connect != nil)
    }

    @Test(
        "a websocket must be granted as the standard says",
        arguments: [
            ("/pretender", .failed, 101, "the upgrade was not answered by a websocket server"), ("/", .failed, 200, "HTTP 200"),
            ("/403", .blocked, 403, "HTTP 403"),
        ] as [(String, ProbeResult.Outcome, Int, String)]
    )
    func websockets(path: String, outcome: ProbeResult.Outcome, status: Int, detail: String) async throws {
        let expected = ProbeResult.Essence(outcome: outcome, phase: .protocol, status: status, detail: detail)
        #expect(try await probe("wss://good.example\(path)").essence == expected)
    }

    @Test("a probe that never came to ask is no evidence")
    func ownFault() async throws {
        let http = HTTPClient(userAgent: "test/1")
        await http.shutdown()
        let result = try await Prober(http: http).probe(Target("tcp://127.0.0.1:9"), slowAfter: .seconds(1))
        #expect(result.essence == ProbeResult.Essence(outcome: .failed, detail: "cancelled"))
        #expect(!result.isEvidence)
    }

    @Test(
        "what a page must say is looked for",
        arguments: [
            ("/", Check.Expectation(text: "hell"), ""),
            ("/", Check.Expectation(text: "Hello"), "HTTP 200, but the page lacks “Hello”"),
            ("/json", Check.Expectation(json: [.init(path: "data.1.state", value: "on")]), ""),
            (
                "/json", Check.Expectation(json: [.init(path: "data.1.state", value: "off")]),
                "HTTP 200, but “data.1.state” is not “off”"
            ),
            (
                "/json", Check.Expectation(json: [.init(path: "data.7.state", value: "on")]),
                "HTTP 200, but “data.7.state” is not “on”"
            ),
            ("/json", Check.Expectation(json: [.init(path: "ok", value: "true"), .init(path: "count", value: "3")]), ""),
            ("/json", Check.Expectation(json: [.init(path: "count", value: "true")]), "HTTP 200, but “count” is not “true”"),
            ("/json", Check.Expectation(json: [.init(path: "nothing", value: "null")]), ""),
            ("/", Check.Expectation(json: [.init(path: "ok", value: "true")]), "HTTP 200, but the page is no JSON"),
        ])
    func bodies(path: String, expectation: Check.Expectation, detail: String) async throws {
        let result = try await probe("https://good.example\(path)", expecting: expectation)
        let outcome = ProbeResult.Outcome.ok
        #expect(
            result.essence
                == ProbeResult.Essence(
                    outcome: detail.isEmpty ? outcome : .failed, phase: detail.isEmpty ? nil : .http, status: 200, detail: detail)
        )
    }

    @Test("HTTP/2 is spoken where the server does")
    func http2() async throws {
        let result = try await probe("https://good.example/protocol", expecting: Check.Expectation(text: "HTTP/2.0"))
        #expect(result.essence == ProbeResult.Essence(outcome: .ok, status: 200))
    }

    @Test("of 30 MB no more is read than is needed, and a page that drips is given up in time")
    func large() async throws {
        #expect(try await probe("https://good.example/big").essence == ProbeResult.Essence(outcome: .ok, status: 200))
        // A megabyte is the most that is searched.
        let searched = try await probe("https://good.example/big", expecting: Check.Expectation(text: "needle"))
        #expect(searched.detail == "HTTP 200, but the page lacks “needle”")
        let dripping = try await probe("http://good.example/drip", timeout: .milliseconds(700))
        #expect(dripping.outcome == .failed && dripping.phase == .http && dripping.isEvidence)
    }

    @Test("a redirect is followed where that is asked for, and not for ever")
    func redirects() async throws {
        let follow = Check.Expectation(statuses: [200], text: "hello", followsRedirects: true)
        #expect(
            try await probe("http://good.example/moved", expecting: follow).essence
                == ProbeResult.Essence(outcome: .ok, status: 200))
        let endless = try await probe("http://good.example/loop", expecting: follow)
        #expect(endless.outcome == .failed && endless.phase == .http)
        #expect(endless.detail == "Maximum (5) redirects followed")
    }

    @Test(
        "a server that is expected to say something is heard out",
        arguments: [
            (CannedServer.Reading.nothing, "220 mail ready\r\n", nil, "220 ", ""),
            (.nothing, "554 no\r\n", nil, "220 ", "it said something else than expected"),
            (.nothing, "", nil, "220 ", "it closed without a word"),
            (.request(body: 0), "<k ok=\"1\">", "<k>\r\n\r\n", "<k ok", ""),
            (.nothing, String(repeating: "x", count: 100_000) + "220 ", nil, "220 ", "it said something else than expected"),
        ] as [(CannedServer.Reading, String, String?, String, String)])
    func banners(reading: CannedServer.Reading, answer: String, send: String?, expected: String, detail: String) async throws {
        let talker = try CannedServer(reading, answer: answer)
        let result = try await probe("tcp://127.0.0.1:\(talker.port)", expecting: Check.Expectation(text: expected, send: send))
        #expect(
            result.essence
                == ProbeResult.Essence(
                    outcome: detail.isEmpty ? .ok : .failed, phase: detail.isEmpty ? nil : .protocol, detail: detail))
        if let send { #expect(talker.requests == [send]) }
    }

    @Test("a conversation is held over TLS, too, and one that nobody answers ends in time")
    func conversations() async throws {
        let talk = Check.Expectation(
            text: "HTTP/1.1 200", send: "GET / HTTP/1.1\r\nHost: good.example\r\nConnection: close\r\n\r\n")
        let result = try await probe("tls://good.example:443", expecting: talk)
        #expect(result.essence == ProbeResult.Essence(outcome: .ok))
        #expect(result.phases.tls != nil && result.phases.http != nil && result.certificate?.subject == "good.example")
        let unanswered = try await probe(
            "tcp://127.0.0.1:\(server.silent.port)", expecting: Check.Expectation(text: "220 "), timeout: .milliseconds(300))
        #expect(unanswered.outcome == .failed && unanswered.phase == .protocol)
    }
}
