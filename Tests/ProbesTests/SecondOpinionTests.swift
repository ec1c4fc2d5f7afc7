import Certificates
import Foundation
import HTTP
import Probes
import Status
import TestServers
import Testing

@Suite("Second opinions on names", .timeLimit(.minutes(1)))
struct SecondOpinionTests {
    /// unbound, whose names the system's resolver does not know.
    private struct World: Sendable {
        static let shared = Result { try World() }

        let prober: Prober
        let deaf: Prober
        let page: CannedServer
        private let unbound: Unbound

        init() throws {
            let folder = try TemporaryFolder()
            let authority = try CertificateAuthority(in: folder.url.appending(path: "authority"))
            let identity = try authority.issue(for: ["resolver.example"])
            unbound = try Unbound(
                in: folder,
                zones: [
                    #"local-zone: "test." transparent"#, #"local-data: "known.test. 60 IN A 127.0.0.1""#,
                    #"local-data: "six.test. 60 IN AAAA ::1""#, #"local-zone: "gone.test." always_nxdomain"#,
                    #"local-zone: "refused.test." always_refuse"#, #"local-data: "text.test. 60 IN TXT 'no address'""#,
                ],
                certificate: identity.certificate.path(percentEncoded: false), key: identity.key.path(percentEncoded: false))
            page = try CannedServer(answer: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            let network = Network(
                connectTo: [
                    Network.Redirection(host: "resolver.example", toHost: "127.0.0.1", toPort: unbound.port),
                    Network.Redirection(host: "deaf.example", toHost: "127.0.0.1", toPort: 1),
                ],
                certificateAuthority: authority.certificate.path(percentEncoded: false)
            )
            let http = HTTPClient(network: network, userAgent: "test/1")
            prober = Prober(http: http, resolvers: ["https://resolver.example/dns-query"])
            deaf = Prober(http: http, resolvers: ["https://deaf.example/dns-query"])
        }
    }

    private let world: World

    init() throws {
        world = try World.shared.get()
    }

    @Test("a name that only our own resolver does not find is our fault, and is no evidence")
    func oursInLookup() async throws {
        let result = try await world.prober.probe(Target("dns://known.test"), slowAfter: .seconds(30))
        #expect(
            result.essence
                == ProbeResult.Essence(outcome: .failed, detail: "not found by our own resolver, but by resolver.example"))
        #expect(result.secondOpinion == .foundElsewhere)
        #expect(!result.isEvidence)
    }

    @Test("what others found is dialled, so that a lame resolver hides nothing", arguments: ["tcp", "http"])
    func dialled(scheme: String) async throws {
        let result = try await world.prober.probe(Target("\(scheme)://known.test:\(world.page.port)"), slowAfter: .seconds(30))
        #expect(result.outcome == .ok)
        #expect(result.address == "127.0.0.1")
        #expect(result.secondOpinion == .foundElsewhere)
        #expect(result.detail.hasPrefix("not found by our own resolver"))
    }

    @Test("what must be followed and was found elsewhere ends at the first redirect, which would be dialled at the wrong address")
    func pinnedRedirect() async throws {
        let mover = try CannedServer(answer: "HTTP/1.1 302 Found\r\nLocation: http://other.test/\r\nContent-Length: 0\r\n\r\n")
        let follow = Check.Expectation(statuses: [200], text: "hello", followsRedirects: true)
        let target = try Target("http://known.test:\(mover.port)/")
        let result = await world.prober.probe(target, expecting: follow, slowAfter: .seconds(30))
        #expect(result.outcome == .ok && result.status == 302 && result.secondOpinion == .foundElsewhere)
        #expect(mover.requests.count == 1)
    }

    @Test("a canary asks nobody else", arguments: ["dns://known.test", "tcp://known.test:1", "dns://localhost"])
    func canary(target: String) async throws {
        let result = try await world.prober.withoutSecondOpinion.probe(Target(target), slowAfter: .seconds(30))
        #expect(result.secondOpinion == nil)
        #expect(result.outcome == (target.hasSuffix("localhost") ? .ok : .failed))
    }

    @Test("a service that fails at the address that others found has failed")
    func failsThere() async throws {
        let refusing = try LoopbackSocket(isListening: false)
        let result = try await world.prober.probe(Target("tcp://known.test:\(refusing.port)"), slowAfter: .seconds(30))
        #expect(result.outcome == .failed && result.phase == .connect && result.isEvidence)
    }

    @Test(
        "what others do not find either is the service's fault, and the detail says why",
        arguments: [
            ("gone.test", ProbeResult.SecondOpinion.noSuchName), ("text.test", .noSuchName), ("refused.test", .nameServersFail),
        ], ["dns://", "https://"])
    func theirs(name: (host: String, opinion: ProbeResult.SecondOpinion), scheme: String) async throws {
        let result = try await world.prober.probe(Target(scheme + name.host), slowAfter: .seconds(30))
        #expect(result.outcome == .failed && result.phase == .dns && result.isEvidence)
        #expect(result.secondOpinion == name.opinion)
        #expect(result.detail == "Could not resolve host: \(name.host); \(name.opinion.rawValue)")
    }

    @Test("nobody to ask changes nothing but the words")
    func deaf() async throws {
        let result = try await world.deaf.probe(Target("tls://known.test"), slowAfter: .seconds(30))
        #expect(result.outcome == .failed && result.phase == .dns)
        #expect(result.secondOpinion == .unavailable)
    }

    @Test("a lookup that works is compared with what others find")
    func agreement() async throws {
        let agreeing = try await world.prober.probe(Target("dns://localhost"), slowAfter: .seconds(30))
        #expect(agreeing.outcome == .ok && agreeing.secondOpinion == .agrees)
        let unknown = try await world.deaf.probe(Target("dns://localhost"), slowAfter: .seconds(30))
        #expect(unknown.outcome == .ok && unknown.secondOpinion == .unavailable)
    }

    @Test("a name with no address but of the other family is dialled there")
    func otherFamily() async throws {
        let result = try await world.prober.probe(Target("tcp://six.test:9"), slowAfter: .seconds(30))
        #expect(result.secondOpinion == .foundElsewhere)
        #expect(result.address == "::1")
    }
}
