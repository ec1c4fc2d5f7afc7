import HTTP
import Probes
import Status
import Synchronization
import TestServers
import Testing

/// Pages that strangers name, with real sockets: `victim` is what must never be connected to.
@Suite("Looking at what strangers name", .timeLimit(.minutes(1)))
struct AdHocProberTests {
    private let victim: LoopbackSocket
    private var inside: NetworkAddress { .loopback(victim.port) }

    init() throws {
        victim = try LoopbackSocket()
    }

    /// A prober for which public names lead to servers of this machine, because the operator says so.
    private func prober(_ servers: [String: ScriptedServer], resolve: AdHocProber.Resolver? = nil) -> AdHocProber {
        let redirections = servers.map { Network.Redirection(host: $0.key, toHost: "127.0.0.1", toPort: $0.value.port) }
        return AdHocProber(http: HTTPClient(network: Network(connectTo: redirections), userAgent: "test/1"), resolve: resolve)
    }

    private func serving(_ body: String = "") throws -> ScriptedServer {
        try ScriptedServer { _ in .answer(200, body) }
    }

    private func sending(to location: String) throws -> ScriptedServer {
        try ScriptedServer { _ in .answer(302, fields: ["Location: \(location)"]) }
    }

    @Test("a public page is looked at")
    func page() async throws {
        let server = try serving("hello")
        let target = try AdHocTarget("http://page.example.com/x?y")
        let result = try await prober(["page.example.com": server]).probe(target)
        #expect(result.essence == ProbeResult.Essence(outcome: .ok, status: 200))
        #expect(result.target == target.target)
        #expect(result.address == "127.0.0.1")
        #expect(result.phases.dns != nil && result.phases.connect != nil && result.phases.http != nil && result.phases.tls == nil)
        #expect(server.requests.map(\.path) == ["/x?y"])
        #expect(server.requests.first?.fields.contains("Host: page.example.com") == true)
    }

    @Test("a name that leads inside is refused before a connection, by the client's own resolver too")
    func leadsInside() async throws {
        // Every name leads to the victim, as a hostile resolver would have it; the operator redirected none of them.
        let hostile = Network(connectTo: [Network.Redirection(host: "", toHost: "127.0.0.1", toPort: victim.port)])
        let http = HTTPClient(network: hostile, userAgent: "test/1")
        let resolved = try await http.resolve("inside.example.com", port: 80)
        #expect(resolved.addresses == [inside])
        for text in ["inside.example.com", "http://inside.example.com/"] {
            await #expect(throws: AdHocRefusal.leadsTo(.loopback)) { try await AdHocProber(http: http).probe(AdHocTarget(text)) }
        }
        #expect(!victim.hasConnection)
        // The listener does hear of connections.
        _ = await http.connect(to: "inside.example.com", port: 80, tls: false)
        #expect(victim.hasConnection)
    }

    @Test("one address inside among public ones is enough, wherever it stands and however it is wrapped")
    func oneOfSeveral() async throws {
        let open = NetworkAddress(family: .v4, host: "192.31.196.1", port: 80)
        let wrapped = ["::ffff:127.0.0.1", "64:ff9b::7f00:1", "::1", "::127.0.0.1", "2002:7f00:1::"]
        let insides = [inside] + wrapped.map { NetworkAddress(family: .v6, host: $0, port: victim.port) }
        for address in insides {
            for addresses in [[open, address], [address, open], [open, open, open, open, open, address]] {
                let prober = prober([:]) { _, _, _ in .success(Resolution(addresses: addresses)) }
                await #expect(throws: AdHocRefusal.leadsTo(.loopback)) {
                    try await prober.probe(AdHocTarget("mixed.example.com"))
                }
            }
        }
        #expect(!victim.hasConnection)
    }

    @Test("a name that changes between the look and the connection is dialled where it was judged")
    func rebinding() async throws {
        let server = try serving()
        let asked = Mutex(0)
        // Whoever resolves once more, libcurl included, is led to the victim.
        let rebound = Network(connectTo: [Network.Redirection(host: "", toHost: "127.0.0.1", toPort: victim.port)])
        let (judged, inside) = (NetworkAddress.loopback(server.port), inside)
        let prober = AdHocProber(http: HTTPClient(network: rebound, userAgent: "test/1")) { _, _, _ in
            let isFirst = asked.withLock { count in
                count += 1
                return count == 1
            }
            return .success(isFirst ? Resolution(addresses: [judged], isRedirected: true) : Resolution(addresses: [inside]))
        }
        let target = try AdHocTarget("http://rebinding.example.com/")
        #expect(try await prober.probe(target).essence == ProbeResult.Essence(outcome: .ok, status: 200))
        #expect(asked.withLock { $0 } == 1)
        #expect(server.requests.count == 1)
        await #expect(throws: AdHocRefusal.leadsTo(.loopback)) { try await prober.probe(target) }
        #expect(!victim.hasConnection)
    }

    @Test("a redirect back to a name that has changed meanwhile is judged again")
    func rebindingRedirect() async throws {
        let server = try sending(to: "/again")
        let asked = Mutex(0)
        let (judged, inside) = (NetworkAddress.loopback(server.port), inside)
        let prober = prober([:]) { _, _, _ in
            let isFirst = asked.withLock { count in
                count += 1
                return count == 1
            }
            return .success(isFirst ? Resolution(addresses: [judged], isRedirected: true) : Resolution(addresses: [inside]))
        }
        await #expect(throws: AdHocRefusal.redirected(.leadsTo(.loopback))) {
            try await prober.probe(AdHocTarget("http://rebinding.example.com/"))
        }
        #expect(server.requests.map(\.path) == ["/"])
        #expect(!victim.hasConnection)
    }

    @Test("a redirect inwards is refused before a connection, whatever it is written like")
    func redirectInwards() async throws {
        let locations: [(String, AdHocRefusal)] = [
            ("http://127.0.0.1:\(victim.port)/", .port), ("http://127.0.0.1/", .address(.loopback)),
            ("//[::1]/", .address(.loopback)),
            ("http://2130706433/", .notation), ("http://localhost/", .reservedName("localhost")),
            ("http://169.254.169.254/latest/meta-data/", .address(.metadata)),
            ("http://inside.example.com/", .leadsTo(.loopback)),
            ("https://inside.example.com/", .leadsTo(.loopback)), ("file:///etc/passwd", .scheme),
            ("gopher://127.0.0.1:\(victim.port)/_", .scheme),
            ("http://public.example.com@127.0.0.1/", .userName), ("http://127.0.0.1\\@public.example.com/", .character),
        ]
        let inside = inside
        for (location, refusal) in locations {
            let server = try sending(to: location)
            let redirected = NetworkAddress.loopback(server.port)
            let prober = prober([:]) { host, _, _ in
                let isPublic = host == "public.example.com"
                return .success(Resolution(addresses: [isPublic ? redirected : inside], isRedirected: isPublic))
            }
            await #expect(throws: AdHocRefusal.redirected(refusal), "\(location)") {
                try await prober.probe(AdHocTarget("http://public.example.com/"))
            }
            #expect(server.requests.count == 1)
        }
        #expect(!victim.hasConnection)
    }

    @Test("redirects from host to host are followed, five of them")
    func redirects() async throws {
        for (count, outcome) in [(5, ProbeResult.Outcome.ok), (6, .failed)] {
            let server = try ScriptedServer { request in
                let number = Int(request.path.dropFirst()) ?? 0
                let host = number.isMultiple(of: 2) ? "odd" : "even"
                return number == count
                    ? .answer(200) : .answer(307, fields: ["Location: http://\(host).example.com/\(number + 1)"])
            }
            let result = try await prober(["even.example.com": server, "odd.example.com": server])
                .probe(AdHocTarget("http://even.example.com/0"))
            #expect(result.outcome == outcome)
            #expect(result.target.host == "even.example.com")
            #expect(server.requests.map(\.path) == ["/0", "/1", "/2", "/3", "/4", "/5"])
        }
    }

    @Test("a circle of redirects ends, and the host answered")
    func circle() async throws {
        let server = try sending(to: "/")
        let result = try await prober(["circle.example.com": server]).probe(AdHocTarget("http://circle.example.com/"))
        #expect(
            result.essence == ProbeResult.Essence(outcome: .failed, phase: .http, status: 302, detail: "more than 5 redirects"))
        #expect(result.isEvidence)
        #expect(server.requests.count == 6)
    }

    @Test("a body of 30 MB is cut, and nothing of it or of the headers is repeated")
    func largeBody() async throws {
        let server = try ScriptedServer { _ in
            .answer(404, fields: ["X-Secret: hush"], "hush" + String(repeating: "x", count: 30_000_000))
        }
        let result = try await prober(["large.example.com": server]).probe(AdHocTarget("http://large.example.com/"))
        #expect(result.essence == ProbeResult.Essence(outcome: .failed, phase: .http, status: 404, detail: "HTTP 404"))
        #expect(!"\(result)".contains("hush"))
    }

    @Test("time is limited altogether: for an answer that never ends, and for a chain that dawdles")
    func slow() async throws {
        let dripping = try ScriptedServer { request in
            request.path == "/drip" ? .drip : .answer(302, fields: ["Location: /drip"])
        }
        let endless = try ScriptedServer { _ in .bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx") }
        let silent = try ScriptedServer { _ in .silence }
        let prober = prober(["drip.example.com": dripping, "short.example.com": endless, "silent.example.com": silent])
        for host in ["drip", "silent"] {
            let result = try await prober.probe(AdHocTarget("http://\(host).example.com/"), timeout: .milliseconds(600))
            #expect(result.outcome == .failed)
            #expect(result.phase == .http)
            #expect(result.total < .seconds(5))
        }
        #expect(try await prober.probe(AdHocTarget("http://short.example.com/")).outcome == .failed)
    }

    @Test("where nobody wrote a scheme and https cannot be connected to, http speaks")
    func withoutTLS() async throws {
        let server = try serving()
        let refusing = try LoopbackSocket(isListening: false)
        let network = Network(connectTo: [
            Network.Redirection(host: "plain.example.com", port: 443, toHost: "127.0.0.1", toPort: refusing.port),
            Network.Redirection(host: "plain.example.com", port: 80, toHost: "127.0.0.1", toPort: server.port),
            Network.Redirection(host: "down.example.com", toHost: "127.0.0.1", toPort: refusing.port),
        ])
        let prober = AdHocProber(http: HTTPClient(network: network, userAgent: "test/1"))
        #expect(try await prober.probe(AdHocTarget("plain.example.com")).outcome == .ok)
        let secure = try await prober.probe(AdHocTarget("https://plain.example.com"))
        #expect((secure.outcome, secure.phase) == (.failed, .connect))
        let down = try await prober.probe(AdHocTarget("down.example.com"))
        #expect((down.outcome, down.phase, down.target.kind) == (.failed, .connect, .https))
    }

    @Test("of several addresses the next is tried when one refuses, the other family first, three in all")
    func severalAddresses() async throws {
        let server = try serving()
        let refusing = try LoopbackSocket(isListening: false)
        let (open, closed) = (NetworkAddress.loopback(server.port), NetworkAddress.loopback(refusing.port))
        let unreachable = NetworkAddress(family: .v6, host: "::1", port: refusing.port)
        let lists: [([NetworkAddress], ProbeResult.Outcome)] = [
            ([closed, open], .ok), ([closed, closed, open], .ok), ([closed, closed, closed, open], .failed),
            ([unreachable, unreachable, unreachable, unreachable, open], .ok),
        ]
        for (addresses, outcome) in lists {
            let prober = prober([:]) { _, _, _ in .success(Resolution(addresses: addresses, isRedirected: true)) }
            #expect(try await prober.probe(AdHocTarget("http://several.example.com/")).outcome == outcome)
        }
    }

    @Test("a name without addresses fails in the dns phase, and a probe that was ended is no evidence")
    func failures() async throws {
        let http = HTTPClient(userAgent: "test/1")
        let nameless = AdHocProber(http: http) { _, _, _ in .success(Resolution(addresses: [])) }
        let result = try await nameless.probe(AdHocTarget("nothing.example.com"))
        #expect((result.outcome, result.phase, result.isEvidence) == (.failed, .dns, true))
        await http.shutdown()
        #expect(try await AdHocProber(http: http).probe(AdHocTarget("example.com")).isEvidence == false)
    }
}

extension NetworkAddress {
    fileprivate static func loopback(_ port: Int) -> NetworkAddress {
        NetworkAddress(family: .v4, host: "127.0.0.1", port: port)
    }
}
