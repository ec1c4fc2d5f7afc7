import Timing

/// The full name of a check.
struct CheckID: Hashable, Sendable {
    var service: ServiceID
    var component: String
    var check: String
}

/// Everything that the board keeps of one check.
struct CheckRow: Hashable, Sendable {
    let id: CheckID
    let check: Check
    /// Results for which the canaries have not vouched yet, oldest first, at most `CheckEvidence.window`.
    var waiting: [CheckEvidence.Observation] = []
    /// When the newest result came in, counted or not.
    var lastResult: Instant?

    /// Whether the newest result, counted or not, says something else than the damped condition, so that a confirmation is due soon.
    func isUnsettled(after evidence: CheckEvidence) -> Bool {
        guard let newest = waiting.last ?? evidence.newest else { return false }
        return newest.result.outcome.condition != evidence.settledCondition
    }

    /// Keeps a result until the canaries have vouched for it; the oldest gives way when there are too many.
    mutating func wait(with observation: CheckEvidence.Observation) {
        waiting = (waiting + [observation]).suffix(CheckEvidence.window)
    }

    /// Takes out the waiting results up to an instant.
    mutating func admit(upTo vouched: Instant?) -> [CheckEvidence.Observation] {
        guard let vouched else { return [] }
        let admitted = Array(waiting.prefix { $0.at <= vouched })
        waiting.removeFirst(admitted.count)
        return admitted
    }
}

/// The checks of all services, in the order of the catalogue; a check is named by its place in it.
struct CheckTable: Sendable {
    /// So many rounds of a catalogue that is new begin at once. The others are spread over an interval, so that they stay spread.
    static let atOnce = 128

    var rows: [CheckRow] = []
    /// When each row's rounds are.
    var times = Timetable()
    private var places: [CheckID: Int] = [:]
    private var ranges: [ServiceID: Range<Int>] = [:]

    func place(of id: CheckID) -> Int? {
        places[id]
    }

    /// The rows of a service.
    func places(of service: ServiceID) -> Range<Int> {
        ranges[service] ?? 0..<0
    }

    /// Takes over a catalogue. A check that did not change keeps its row and its place in time; a new one is due soon.
    ///
    /// - Parameter later: a time within the next interval, for the many that cannot all begin at once.
    mutating func adopt(_ services: [Service], at now: Instant, later: () -> Instant) {
        let old = self
        self = CheckTable()
        var new = 0
        for service in services {
            let first = rows.count
            for component in service.components {
                let precedence = component.weight > 0 ? Precedence.regular : .shown
                for check in component.checks {
                    let id = CheckID(service: service.id, component: component.id, check: check.id)
                    if let place = old.place(of: id), old.rows[place].check == check {
                        add(old.rows[place], old.times[place], precedence)
                    } else {
                        add(CheckRow(id: id, check: check), Slot(due: new < Self.atOnce ? now : later()), precedence)
                        new += 1
                    }
                }
            }
            ranges[service.id] = first..<rows.count
        }
    }

    /// Adds a row; of two with the same name the first stays.
    private mutating func add(_ row: CheckRow, _ slot: Slot, _ precedence: Precedence) {
        guard places[row.id] == nil else { return }
        places[row.id] = rows.count
        rows.append(row)
        times.add(slot, precedence, hosts: Set(row.check.anyOf.map(\.host)).sorted())
    }
}
