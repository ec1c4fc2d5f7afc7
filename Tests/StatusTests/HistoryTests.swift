import TestChance
import Testing
import Timing

@testable import Status

@Suite("A service's history")
struct HistoryTests {
    private static let noon = Timestamp("2026-11-23T12:00:00Z") ?? Timestamp(milliseconds: 0)

    private static func after(_ minutes: Int) -> Timestamp {
        Timestamp(milliseconds: noon.milliseconds + Int64(minutes) * 60_000)
    }

    private static func history(_ states: [(minutes: Int, state: Verdict.State)], until minutes: Int) -> History {
        var history = History(since: noon)
        for (at, state) in states { history.note(state, at: after(at)) }
        history.count(upTo: after(minutes))
        return history
    }

    @Test("counts what is unknown as unknown, neither up nor down")
    func unknown() {
        let history = Self.history(
            [(10, .up), (40, .down), (50, .unknown), (60, .up), (80, .degraded), (90, .maintenance)], until: 100)
        let minute: Int64 = 60_000
        let uptime = history.uptime(from: Self.noon, to: Self.after(100))
        #expect(
            uptime
                == History.Uptime(
                    up: 50 * minute, troubled: 10 * minute, down: 10 * minute, maintenance: 10 * minute, unknown: 20 * minute))
        #expect(uptime.share == 70.0 / 80)
        #expect(History(since: Self.noon).uptime(from: Self.noon, to: Self.after(60)).share == nil)
    }

    @Test("says when it was down, and that a blind time within an outage does not end it")
    func outages() {
        let history = Self.history(
            [(1, .up), (10, .down), (15, .partial), (20, .up), (30, .down), (40, .unknown), (45, .down), (60, .up), (90, .down)],
            until: 100)
        #expect(
            history.outages(since: Self.noon) == [
                .init(began: Self.after(10), ended: Self.after(15)), .init(began: Self.after(30), ended: Self.after(60)),
                .init(began: Self.after(90), ended: nil),
            ])
        #expect(history.outages(since: Self.after(50)).map(\.began) == [Self.after(30), Self.after(90)])
        #expect(history.outages(since: Self.noon)[2].length(until: Self.after(100)) == 600_000)
    }

    @Test("adds up to the same by minute, hour and day", arguments: [1, 89, 1_000])
    func resolutions(days: Int) {
        var history = History(since: Self.noon)
        let minutes = days * 1_440
        for step in stride(from: 0, to: minutes, by: 240) {
            history.note(.up, at: Self.after(step))
            history.note(.down, at: Self.after(step + 200))
        }
        history.count(upTo: Self.after(minutes))
        let uptime = history.uptime(from: Self.noon, to: Self.after(minutes))
        #expect(uptime.up == Int64(minutes / 240 * 200) * 60_000)
        #expect(uptime.down == Int64(minutes / 240 * 40) * 60_000)
        #expect(uptime.unknown == 0)
    }

    @Test("keeps the newest and lets the oldest go, and never grows")
    func bounded() {
        var history = History(since: Self.noon)
        for step in 0..<5_000 { history.note(step.isMultiple(of: 2) ? .up : .down, at: Self.after(step * 1_000)) }
        #expect(history.changes.count == History.mostChanges)
        let end = Self.after(5_000 * 1_000)
        history.count(upTo: end)
        let lastDay = history.uptime(from: Self.after(5_000 * 1_000 - 1_440), to: end)
        #expect(lastDay.up + lastDay.down == 1_440 * 60_000)
    }

    @Test("counts nothing twice when the clock is set back, and no leap for what nobody saw")
    func clock() {
        var history = Self.history([(0, .up)], until: 60)
        history.count(upTo: Self.after(30))
        history.count(upTo: Self.after(90))
        #expect(history.uptime(from: Self.noon, to: Self.after(90)).up == 90 * 60_000)
        history.note(.down, at: Self.after(20))
        #expect(history.changes.map(\.at) == [Self.noon, Self.after(20)])
        #expect(history.outages(since: Self.noon).count == 1)
    }

    @Test("takes 130 KB where every minute is a mixture, and hardly anything where none is")
    func size() {
        let rollups = 1_440 + 90 * 24 + 5 * 366
        let changes = History.mostChanges * MemoryLayout<History.Change>.stride
        #expect(rollups * (MemoryLayout<RollupRing.Mixture>.stride + 1) + changes < 135_000)
        var ring = RollupRing(length: 60_000, count: 1_440)
        for minute in 0..<3_000 as Range<Int64> { ring.add(.up, from: minute * 60_000, to: (minute + 1) * 60_000) }
        #expect(ring.mixed == 0)
        for minute in 3_000..<6_000 as Range<Int64> {
            ring.add(.up, from: minute * 60_000, to: minute * 60_000 + 20_000)
            ring.add(.down, from: minute * 60_000 + 20_000, to: (minute + 1) * 60_000)
        }
        #expect(ring.mixed == 1_440)
    }

    @Test("adds up to what a plain sum does, whatever comes when", arguments: 1...20)
    func sums(seed: UInt64) {
        var chance = SplitMix(state: seed)
        var ring = RollupRing(length: 1_000, count: 50)
        var plain: [Int64: Rollup] = [:]
        var now: Int64 = 5_000_000
        for _ in 0..<400 {
            let end =
                now
                + (Bool.random(using: &chance)
                    ? Int64.random(in: 1...900, using: &chance) : Int64.random(in: 1...70_000, using: &chance))
            let state = Verdict.State.allCases.randomElement(using: &chance) ?? .up
            ring.add(state, from: now, to: end)
            for span in (now / 1_000)...((end - 1) / 1_000) {
                plain[span, default: Rollup()].add(state, milliseconds: min(end, (span + 1) * 1_000) - max(now, span * 1_000))
            }
            now = end
            let last = (now - 1) / 1_000
            let expected = (last - 49...last).map { plain[$0] ?? Rollup() }
            #expect(
                ring.spans(from: (last - 49) * 1_000, to: now).reversed().elementsEqual(expected.reversed().prefix(ring.kept)))
        }
    }
}
