import Bot
import Logging
import Status
import TestServers
import Testing

@Suite("The desk, over real sockets", .timeLimit(.minutes(1)))
struct StatusDeskTests {
    private func target(_ socket: LoopbackSocket) -> Target {
        Target(kind: .tcp, host: "127.0.0.1", port: socket.port)
    }

    private func service(_ targets: [Target]) -> Service {
        let checks = targets.enumerated().map { Check(id: "way-\($0.offset)", anyOf: [$0.element]) }
        return Service(
            id: "demo",
            name: "Demo",
            components: [Component(id: "messaging", name: "message servers", weight: 1, checks: checks)]
        )
    }

    private func desk(canaries: [Target]) -> StatusDesk {
        var pace = StatusBoard.Settings()
        pace.interval = .seconds(1)
        pace.unsureInterval = .milliseconds(100)
        pace.canaryPause = .milliseconds(100)
        pace.timeout = .seconds(2)
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        var configuration = Configuration()
        configuration.monitor.canaries = canaries
        return StatusDesk.make(configuration: configuration, pace: pace, log: log)
    }

    @Test("a service that answers is up, once the canaries have shown that we are online")
    func up() async throws {
        let canaries = try (0..<5).map { _ in try LoopbackSocket() }
        let server = try LoopbackSocket()
        let desk = desk(canaries: canaries.map(target))
        await desk.watch([service([target(server)])])
        let verdict = await desk.settledVerdict(of: "demo", patience: .seconds(30)).verdict
        #expect(verdict.state == .up)
        await desk.stop()
    }

    @Test("a service that refuses every connection is down, after confirmation, as far as one place can tell")
    func down() async throws {
        let canaries = try (0..<5).map { _ in try LoopbackSocket() }
        let server = try LoopbackSocket(isListening: false)
        let desk = desk(canaries: canaries.map(target))
        await desk.watch([service([target(server)])])
        let verdict = await desk.settledVerdict(of: "demo", patience: .seconds(30)).verdict
        #expect(verdict.state == .down)
        #expect(verdict.scope == .unclear)
        guard case .silent("messaging", phase: .connect, failed: 3..., of: 3...) = verdict.because.first else {
            Issue.record("\(verdict.because)")
            return
        }
        await desk.stop()
    }

    @Test("when the canaries are gone too it is we who are offline, and nothing is called down")
    func blind() async throws {
        let canaries = try (0..<5).map { _ in try LoopbackSocket(isListening: false) }
        let server = try LoopbackSocket(isListening: false)
        let desk = desk(canaries: canaries.map(target))
        await desk.watch([service([target(server)])])
        let verdict = await desk.settledVerdict(of: "demo", patience: .seconds(30)).verdict
        #expect(verdict.state == .unknown)
        guard case .blind = verdict.because.first else {
            Issue.record("\(verdict.because)")
            return
        }
        await desk.stop()
    }

    @Test("who does not want to wait gets what is known: nothing")
    func impatience() async throws {
        let desk = desk(canaries: [])
        let server = try LoopbackSocket()
        await desk.watch([service([target(server)])])
        let verdict = await desk.settledVerdict(of: "demo", patience: .milliseconds(50)).verdict
        #expect(verdict.state == .unknown)
        #expect(verdict.because == [.noEvidence])
        await desk.stop()
    }
}
