import DequeModule
import HeapModule
import Timing

/// Which of the checks that are due goes first.
///
/// Nothing is ever dropped: where more is due than may run at once, rounds are made later, those of what counts least first. So under load
/// the canaries (which are no checks, and always run) come before what somebody waits for, that before the regular rounds, and those before
/// the rounds of components that only are shown.
enum Precedence: Int, CaseIterable, Sendable {
    /// Somebody asked, or a result contradicts what is believed.
    case awaited
    case regular
    /// Of a component without weight.
    case shown
}

/// When which check has its next round, and which rounds are under way.
///
/// A step of the board costs as much with ten thousand checks as with ten: what is due stands in heaps, what is under way in the order of
/// its start. An entry that no longer says what the check's slot says is left where it is, and passed over when its turn comes.
struct Timetable: Sendable {
    private struct Entry: Comparable, Sendable {
        var due: Instant
        var place: Int

        static func < (left: Entry, right: Entry) -> Bool {
            (left.due, left.place) < (right.due, right.place)
        }
    }

    private struct Row: Sendable {
        var slot: Slot
        let usual: Precedence
        var precedence: Precedence
        let hosts: [String]
    }

    /// So many rounds of one host run at once; the next one waits for a moment.
    static let mostPerHost = 4
    static let moment = Duration.milliseconds(500)

    private var rows: [Row] = []
    private var due = Precedence.allCases.map { _ in Heap<Entry>() }
    private var flights = Deque<Entry>()
    private var busy: [String: Int] = [:]
    /// How many rounds are under way.
    private(set) var inFlight = 0
    /// How late rounds begin.
    private(set) var lateness = Lateness()

    var count: Int { rows.count }

    subscript(place: Int) -> Slot { rows[place].slot }

    /// Adds a check; its place is the next number. A round that is under way goes on.
    mutating func add(_ slot: Slot, _ precedence: Precedence, hosts: [String]) {
        rows.append(Row(slot: slot, usual: precedence, precedence: precedence, hosts: hosts))
        let place = rows.count - 1
        if let start = slot.inFlight {
            depart(place, at: start)
        } else {
            enter(place)
        }
    }

    /// Takes out at most `room` checks whose rounds are due, and notes that they begin now.
    mutating func start(at now: Instant, room: Int) -> [Int] {
        var started: [Int] = []
        for precedence in Precedence.allCases {
            while started.count < room, let entry = due[precedence.rawValue].min, entry.due <= now {
                due[precedence.rawValue].removeMin()
                guard isCurrent(entry, precedence) else { continue }
                guard rows[entry.place].hosts.allSatisfy({ busy[$0, default: 0] < Self.mostPerHost }) else {
                    rows[entry.place].slot.postpone(to: now.advanced(by: Self.moment))
                    enter(entry.place)
                    continue
                }
                lateness.note(entry.due.duration(to: now))
                rows[entry.place].slot.start(at: now)
                depart(entry.place, at: now)
                started.append(entry.place)
            }
        }
        return started
    }

    /// A round has ended; the next begins at `next`.
    mutating func finish(_ place: Int, next: Instant, isAwaited: Bool) {
        arrive(place)
        rows[place].slot.finish(next: next)
        rows[place].precedence = isAwaited ? .awaited : rows[place].usual
        enter(place)
    }

    /// Brings a round forward, see `Slot.hurry`.
    mutating func hurry(_ place: Int, at now: Instant, pause: Duration) {
        let before = rows[place]
        rows[place].slot.hurry(at: now, pause: pause)
        guard before.slot.inFlight == nil else { return }
        rows[place].precedence = .awaited
        if rows[place].slot != before.slot || before.precedence != .awaited { enter(place) }
    }

    /// Those whose round has taken longer than `patience`.
    mutating func lost(at now: Instant, patience: Duration) -> [Int] {
        var lost: [Int] = []
        while let first = flights.first {
            if isUnderWay(first) {
                guard first.due.advanced(by: patience) <= now else { break }
                lost.append(first.place)
            }
            flights.removeFirst()
        }
        return lost
    }

    /// When something is to be done: a round is given up, or one begins, if it may.
    mutating func deadline(patience: Duration, mayStart: Bool) -> Instant? {
        while let first = flights.first, !isUnderWay(first) { flights.removeFirst() }
        let ofFlights = flights.first?.due.advanced(by: patience)
        guard mayStart else { return ofFlights }
        let ofRounds = Precedence.allCases.compactMap { precedence -> Instant? in
            while let entry = due[precedence.rawValue].min, !isCurrent(entry, precedence) { due[precedence.rawValue].removeMin() }
            return due[precedence.rawValue].min?.due
        }
        return (ofRounds + [ofFlights].compactMap(\.self)).min()
    }

    private func isCurrent(_ entry: Entry, _ precedence: Precedence) -> Bool {
        let row = rows[entry.place]
        return row.slot.inFlight == nil && row.slot.due == entry.due && row.precedence == precedence
    }

    private func isUnderWay(_ entry: Entry) -> Bool {
        rows[entry.place].slot.inFlight == entry.due
    }

    private mutating func enter(_ place: Int) {
        due[rows[place].precedence.rawValue].insert(Entry(due: rows[place].slot.due, place: place))
    }

    private mutating func depart(_ place: Int, at start: Instant) {
        inFlight += 1
        for host in rows[place].hosts { busy[host, default: 0] += 1 }
        flights.append(Entry(due: start, place: place))
    }

    private mutating func arrive(_ place: Int) {
        guard rows[place].slot.inFlight != nil else { return }
        inFlight -= 1
        for host in rows[place].hosts {
            let left = busy[host, default: 0] - 1
            busy[host] = left > 0 ? left : nil
        }
    }
}

/// How late rounds began, counted by their lateness. A round that had to wait for its host is due when the wait is over.
public struct Lateness: Hashable, Sendable {
    /// Upper bounds of the first groups; the last group has none.
    public static let bounds: [Duration] = [.milliseconds(10), .milliseconds(100), .seconds(1), .seconds(10)]

    /// How many rounds there were of each group.
    public private(set) var counts = [Int](repeating: 0, count: Lateness.bounds.count + 1)

    mutating func note(_ lateness: Duration) {
        counts[Self.bounds.firstIndex { lateness <= $0 } ?? Self.bounds.count] += 1
    }
}
