import Testing
import Timing

@testable import Status

@Suite("Incidents")
struct IncidentTests {
    private func verdict(_ state: Verdict.State, unstable: Bool = false, component: String = "messaging") -> Verdict {
        var because: [Reason] = state == .up ? [] : [.silent(component: component, phase: .tls, failed: 3, of: 5)]
        if unstable { because.append(.unstable(component: component, changes: 5)) }
        return Verdict(state: state, scope: .unclear, confidence: 0.8, because: because)
    }

    private func walk(_ verdicts: [Verdict]) -> (told: [String], line: IncidentLine) {
        var line = IncidentLine()
        let told = verdicts.enumerated().map { minute, verdict in
            switch line.take(verdict, of: "kik", at: Timestamp(milliseconds: Int64(minute) * 60_000)) {
            case nil: "-"
            case .opened(let incident): "opened \(incident.state)"
            case .worsened(let incident, let before): "worse \(before) \(incident.state)"
            case .improved(let incident, let before): "better \(before) \(incident.state)"
            case .becameUnstable: "unstable"
            case .closed(let incident): "closed \(incident.worst)"
            }
        }
        return (told, line)
    }

    @Test("open, get worse and better, and close")
    func walkThrough() {
        let states: [Verdict.State] = [.up, .degraded, .degraded, .down, .partial, .up, .up, .maintenance, .up]
        #expect(
            walk(states.map { verdict($0) }).told == [
                "-", "opened degraded", "-", "worse degraded down", "better down partial", "closed down", "-",
                "opened maintenance",
                "closed maintenance",
            ])
    }

    @Test("are not ended and not begun by not knowing")
    func blind() {
        let (told, line) = walk([.unknown, .down, .unknown, .unknown, .down, .unknown].map { verdict($0) })
        #expect(told == ["-", "opened down", "-", "-", "-", "-"])
        #expect(line.incident?.id.description == "kik@1970-01-01T00:01:00.000Z")
    }

    @Test("that go up and down are one, told once, until they settle")
    func unstable() {
        let (told, _) = walk([
            verdict(.down), verdict(.degraded, unstable: true), verdict(.down, unstable: true),
            verdict(.degraded, unstable: true),
            verdict(.down, unstable: true), verdict(.down), verdict(.up),
        ])
        #expect(told == ["opened down", "unstable", "-", "-", "-", "-", "closed down"])
        #expect(
            walk([verdict(.degraded), verdict(.degraded, unstable: true), verdict(.down, unstable: true), verdict(.down)]).told
                == ["opened degraded", "unstable", "-", "worse degraded down"])
    }

    @Test("know which components had a part in them")
    func components() {
        let (_, line) = walk([
            verdict(.degraded, component: "media"), verdict(.down), verdict(.degraded, component: "media"),
        ])
        #expect(line.incident?.components == ["media", "messaging"])
        #expect(line.incident?.worst == .down)
    }

    @Test("of a board that sees a service go up and down are one")
    func board() {
        var world = World()
        world.run(for: .seconds(20))
        var line = IncidentLine()
        var told: [IncidentChange] = []
        // Down for eight rounds, up for eight, and so on; then well.
        for cycle in 0..<12 {
            world.outcome = { _, _ in cycle.isMultiple(of: 2) && cycle < 10 ? .failed : .ok }
            let before = world.changes.count
            world.run(for: .seconds(cycle < 10 ? 14 : 120))
            for change in world.changes[before...] {
                let verdict = world.verdicts[change.service, default: []].first { $0.at == change.at }?.verdict
                if let verdict, let step = line.take(verdict, of: "tiny", at: Timestamp(milliseconds: 0)) { told.append(step) }
            }
        }
        let words = told.map(\.word)
        #expect(words.last == "closed")
        #expect(words.count { $0 == "unstable" } == 1)
        let since = words.firstIndex(of: "unstable") ?? 0
        #expect(words[since...].count == 2, "\(words)")
    }
}
