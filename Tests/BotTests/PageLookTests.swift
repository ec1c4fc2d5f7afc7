import HTTP
import Logging
import Probes
import Status
import TestServers
import Testing

@testable import Bot

@Suite("A page that somebody names", .timeLimit(.minutes(1)))
struct PageLookTests {
    private let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A desk for which `page.example.com` leads to a port of this machine, because the operator says so.
    private func desk(_ port: Int, canaries: [LoopbackSocket]) -> StatusDesk {
        var configuration = Configuration()
        configuration.network.connectTo = [Network.Redirection(host: "page.example.com", toHost: "127.0.0.1", toPort: port)]
        configuration.monitor.canaries = canaries.map { Target(kind: .tcp, host: "127.0.0.1", port: $0.port) }
        return StatusDesk.make(configuration: configuration, pace: StatusBoard.Settings(), log: log)
    }

    private func question(_ text: String, person: String = "ann") -> Responder.PageQuestion {
        Responder.PageQuestion(
            page: AdHocTarget.mentioned(in: text) ?? .failure(.noHost), person: person, place: "general")
    }

    @Test("is looked at, and answers")
    func answers() async throws {
        let server = try CannedServer(answer: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let desk = desk(server.port, canaries: [])
        let look = await desk.look(question("is http://page.example.com down?"))
        guard case .looked(let result) = look else { return #expect(Bool(false), "\(look)") }
        #expect(result.outcome == .ok && result.status == 200)
        #expect(server.requests.count == 1)
        await desk.stop()
    }

    @Test("is looked at twice before it is said not to answer")
    func silent() async throws {
        let canaries = try (0..<5).map { _ in try LoopbackSocket() }
        let nobody = try LoopbackSocket(isListening: false)
        let desk = desk(nobody.port, canaries: canaries)
        let look = await desk.look(question("http://page.example.com"))
        guard case .looked(let result) = look else { return #expect(Bool(false), "\(look)") }
        #expect(result.outcome == .failed && result.phase == .connect)
        await desk.stop()
    }

    @Test("is not blamed when nothing else answers either")
    func blind() async throws {
        let gone = try (0..<5).map { _ in try LoopbackSocket(isListening: false) }
        let desk = desk(gone[0].port, canaries: gone)
        #expect(await desk.look(question("http://page.example.com")) == .blind)
        await desk.stop()
    }

    @Test("is not looked at inside, nor where nobody can read what it is")
    func refused() async throws {
        let desk = desk(1, canaries: [])
        #expect(await desk.look(question("is http://127.0.0.1/ down")) == .refused(.address(.loopback)))
        guard case .refused(let refusal) = await desk.look(question("is router.local down")) else {
            return #expect(Bool(false))
        }
        #expect(refusal.isAboutPlace)
        await desk.stop()
    }

    @Test("is looked at three times in a row for one person, and then not for a while")
    func quota() async throws {
        let server = try CannedServer(answer: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let desk = desk(server.port, canaries: [])
        for _ in 0..<3 {
            guard case .looked = await desk.look(question("http://page.example.com")) else { return #expect(Bool(false)) }
        }
        guard case .wait(let time, for: .person) = await desk.look(question("http://page.example.com")) else {
            return #expect(Bool(false))
        }
        #expect(time > .zero && time <= .seconds(60))
        guard case .looked = await desk.look(question("http://page.example.com", person: "ben")) else {
            return #expect(Bool(false))
        }
        await desk.stop()
    }
}
