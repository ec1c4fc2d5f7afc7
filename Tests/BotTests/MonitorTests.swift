import Bot
import HTTP
import Probes
import Status
import TestServers
import Testing

@Suite("Carrying out a check")
struct MonitorTests {
    private func monitor() -> Monitor {
        Monitor(prober: Prober(http: HTTPClient(userAgent: "test")), timeout: .seconds(5))
    }

    @Test("one open door is enough, whichever it is")
    func oneDoor() async throws {
        let (open, closed) = (try LoopbackSocket(), try LoopbackSocket(isListening: false))
        let doors = [closed, open].map { Target(kind: .tcp, host: "127.0.0.1", port: $0.port) }
        for anyOf in [doors, doors.reversed()] {
            let result = await monitor().probe(Check(id: "doors", anyOf: anyOf))
            #expect(result.outcome == .ok)
            #expect(result.target.port == open.port)
        }
    }

    @Test("when every door is shut, the one that got furthest speaks")
    func noDoor() async throws {
        let closed = try LoopbackSocket(isListening: false)
        let unknown = Target(kind: .tcp, host: "no-such-host.invalid", port: 443)
        let refused = Target(kind: .tcp, host: "127.0.0.1", port: closed.port)
        let result = await monitor().probe(Check(id: "doors", anyOf: [unknown, refused]))
        #expect(result.outcome == .failed)
        #expect(result.target == refused)
        #expect(result.phase == .connect)
    }

    @Test("each door can be asked for, in the order of the catalogue")
    func eachDoor() async throws {
        let (open, closed) = (try LoopbackSocket(), try LoopbackSocket(isListening: false))
        let doors = [open, closed, open].map { Target(kind: .tcp, host: "127.0.0.1", port: $0.port) }
        let results = await monitor().probeEach(of: Check(id: "doors", anyOf: doors))
        #expect(results.map(\.target) == doors)
        #expect(results.map(\.outcome) == [.ok, .failed, .ok])
    }

    @Test("a page that a stranger named is probed behind the guard, and a refusal is no evidence")
    func adHoc() async throws {
        let victim = try LoopbackSocket()
        // Every name leads inside, and no setting of the operator says so.
        let hostile = Network(connectTo: [Network.Redirection(host: "", toHost: "127.0.0.1", toPort: victim.port)])
        let page = try AdHocTarget("https://page.example.com/")
        let prober = Prober(http: HTTPClient(network: hostile, userAgent: "test"))
        let check = Check(id: "page", anyOf: [page.target])
        let guarded = Monitor(prober: prober, timeout: .seconds(1), adHoc: [page])
        let result = await guarded.probe(check)
        let detail = "not looked at: the name leads to an address of this machine itself"
        #expect(result == ProbeResult(target: page.target, outcome: .failed, total: .zero, detail: detail))
        #expect(!result.isEvidence)
        #expect(await guarded.probeEach(of: check) == [result])
        #expect(!victim.hasConnection)
    }
}
