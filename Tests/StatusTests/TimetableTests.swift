import TestChance
import Testing
import Timing

@testable import Status

@Suite("The timetable of rounds")
struct TimetableTests {
    private func table(_ checks: [(due: Double, precedence: Precedence, host: String)]) -> Timetable {
        var table = Timetable()
        for check in checks { table.add(Slot(due: .s(check.due)), check.precedence, hosts: [check.host]) }
        return table
    }

    @Test("starts what is awaited before the regular rounds, those before what is only shown, each the longest overdue first")
    func precedence() {
        var table = table([
            (3, .regular, "a"), (1, .shown, "b"), (2, .regular, "c"), (9, .regular, "d"), (8, .regular, "e"), (11, .regular, "f"),
        ])
        table.hurry(3, at: .s(7), pause: .zero)
        #expect(table.start(at: .s(10), room: 1) == [3])
        #expect(table.start(at: .s(10), room: 3) == [2, 0, 4])
        #expect(table.start(at: .s(10), room: 3) == [1])
        #expect(table.start(at: .s(10), room: 3) == [])
        #expect(table.inFlight == 5)
        #expect(table.deadline(patience: .seconds(5), mayStart: true) == .s(11))
        #expect(table.deadline(patience: .seconds(5), mayStart: false) == .s(15))
        #expect(table.lateness.counts == [0, 0, 0, 5, 0])
    }

    @Test("is polite to a host: what is one round too many waits for a moment")
    func hosts() {
        var table = table((0..<6).map { _ in (1, .regular, "same") })
        #expect(table.start(at: .s(1), room: 10) == [0, 1, 2, 3])
        #expect(table.deadline(patience: .seconds(5), mayStart: true) == .s(1.5))
        table.finish(0, next: .s(61), isAwaited: false)
        #expect(table.start(at: .s(1.5), room: 10) == [4])
        for place in 1...4 { table.finish(place, next: .s(61), isAwaited: false) }
        #expect(table.start(at: .s(2), room: 10) == [5])
    }

    @Test("gives up what never comes back, once, and what came back in time never")
    func lost() {
        var table = table([(0, .regular, "a"), (1, .regular, "b"), (2, .regular, "c")])
        for second in 0...2 { _ = table.start(at: .s(Double(second)), room: 1) }
        table.finish(0, next: .s(60), isAwaited: true)
        #expect(table.lost(at: .s(5.9), patience: .seconds(5)) == [])
        #expect(table.lost(at: .s(6), patience: .seconds(5)) == [1])
        #expect(table.deadline(patience: .seconds(5), mayStart: false) == .s(7))
    }

    /// The same by looking at every slot, every time.
    private struct Plain {
        var slots: [Slot]
        var precedences: [Precedence]

        func dueNow(_ now: Instant) -> [Int] {
            slots.indices.filter { slots[$0].isDue(at: now) }
                .sorted { (precedences[$0].rawValue, slots[$0].due, $0) < (precedences[$1].rawValue, slots[$1].due, $1) }
        }
    }

    @Test("agrees with a table that looks at every check in every step", arguments: 1...20)
    func agreement(seed: UInt64) {
        var chance = SplitMix(state: seed)
        var plain = Plain(slots: [], precedences: [])
        var table = Timetable()
        for number in 0..<40 {
            let slot = Slot(due: .s(Double.random(in: 0...20, using: &chance)))
            let precedence: Precedence = number.isMultiple(of: 7) ? .shown : .regular
            plain.slots.append(slot)
            plain.precedences.append(precedence)
            table.add(slot, precedence, hosts: ["host\(number)"])
        }
        var second = 0.0
        for _ in 0..<600 {
            second += Double.random(in: 0...0.6, using: &chance)
            let now = Instant.s(second)
            let place = Int.random(in: 0..<40, using: &chance)
            switch Int.random(in: 0...2, using: &chance) {
            case 0 where plain.slots[place].inFlight != nil:
                let next = now.advanced(by: .milliseconds(Int64.random(in: 0...20_000, using: &chance)))
                let isAwaited = Bool.random(using: &chance)
                table.finish(place, next: next, isAwaited: isAwaited)
                plain.slots[place].finish(next: next)
                plain.precedences[place] = isAwaited ? .awaited : place.isMultiple(of: 7) ? .shown : .regular
            case 1 where plain.slots[place].inFlight == nil:
                table.hurry(place, at: now, pause: .seconds(2))
                plain.slots[place].hurry(at: now, pause: .seconds(2))
                plain.precedences[place] = .awaited
            default:
                let room = Int.random(in: 0...5, using: &chance)
                let expected = Array(plain.dueNow(now).prefix(room))
                for place in expected { plain.slots[place].start(at: now) }
                #expect(table.start(at: now, room: room) == expected)
            }
            #expect(table.inFlight == plain.slots.count { $0.inFlight != nil })
            let dues = plain.slots.filter { $0.inFlight == nil }.map(\.due)
            let flights = plain.slots.compactMap { $0.inFlight?.advanced(by: .seconds(1_000)) }
            #expect(table.deadline(patience: .seconds(1_000), mayStart: true) == (dues + flights).min())
        }
    }
}
