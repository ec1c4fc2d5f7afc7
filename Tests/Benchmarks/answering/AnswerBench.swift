import Bot
import Replies
import Status
import Timing

/// How long an answer takes from what is believed already: the verdict, and the verdict with its words, of every service of the catalogue.
@main
struct AnswerBench {
    private static let rounds = 2_000

    static func main() throws {
        let installation = try Installation.located()
        let configuration = Configuration()
        let services = try installation.services(configuration).filter { !$0.components.isEmpty }
        let composer = ReplyComposer(catalog: try installation.responses(configuration), services: services)
        for (name, outcome) in [("up", ProbeResult.Outcome.ok), ("down", .failed)] {
            let board = board(of: services, where: outcome)
            var verdicts: [Duration] = []
            var answers: [Duration] = []
            let clock = ContinuousClock()
            let now = Instant.origin.advanced(by: .seconds(150))
            var characters = 0
            for round in 0..<rounds {
                let service = services[round % services.count]
                let start = clock.now
                let verdict = board.verdict(of: service.id, at: now)
                let known = clock.now
                let reply = composer.compose(.status, service: service, verdict: verdict, at: now)
                let told = clock.now
                verdicts.append(start.duration(to: known))
                answers.append(start.duration(to: told))
                characters += reply.paragraphs.reduce(0) { $0 + $1.utf8.count }
                precondition(verdict.state.rawValue == name, "\(service.id) is \(verdict.state)")
            }
            report("\(name): verdict", verdicts)
            report("\(name): verdict and \(characters / rounds) bytes of words", answers)
        }
    }

    private static func report(_ name: String, _ times: [Duration]) {
        let sorted = times.sorted()
        let (median, late) = (sorted[sorted.count / 2], sorted[sorted.count * 99 / 100])
        func text(_ time: Duration) -> String { "\((time.milliseconds * 10_000).rounded() / 10) µs" }
        print("\(name): median \(text(median)), p99 \(text(late))")
    }

    /// A board that has watched them for two minutes, with five results of each check.
    private static func board(of services: [Service], where outcome: ProbeResult.Outcome) -> StatusBoard {
        let canaries = (1...5).map { Target(kind: .tls, host: "canary\($0).example", port: 443) }
        var board = StatusBoard(canaries: canaries, jitter: Jitter(seed: 1))
        func at(_ seconds: Int) -> Instant { .origin.advanced(by: .seconds(seconds)) }
        _ = board.handle(.catalogueChanged(services), at: at(0))
        for second in stride(from: 5, through: 145, by: 28) {
            for canary in canaries { _ = board.handle(.canaryAnswered(target: canary, ok: true), at: at(second)) }
            for service in services {
                for feed in service.feeds {
                    let name = feed.name(among: service.feeds)
                    _ = board.handle(.officialSaid(service: service.id, source: name, word: .none), at: at(second))
                }
                for component in service.components {
                    for check in component.checks {
                        let result = ProbeResult(
                            target: check.anyOf[0], outcome: outcome, phase: outcome == .failed ? .tls : nil,
                            total: .milliseconds(40))
                        let input = StatusBoard.Input.probed(
                            service: service.id, component: component.id, check: check.id, result: result)
                        _ = board.handle(input, at: at(second))
                    }
                }
            }
            for canary in canaries { _ = board.handle(.canaryAnswered(target: canary, ok: true), at: at(second + 1)) }
        }
        return board
    }
}
