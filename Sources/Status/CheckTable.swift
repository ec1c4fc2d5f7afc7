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
    var rows: [CheckRow] = []
    /// One for each row. They stand apart because every step looks at all of them, and copying a row costs more than looking at a slot.
    var slots: [Slot] = []
    private var places: [CheckID: Int] = [:]

    /// How many are in flight.
    var inFlight: Int { slots.count { $0.inFlight != nil } }

    func place(of id: CheckID) -> Int? {
        places[id]
    }

    /// Takes over a catalogue. A check that did not change keeps its row and its slot; a new one is due at once.
    mutating func adopt(_ services: [Service], at now: Instant) {
        let old = self
        self = CheckTable()
        for service in services {
            for component in service.components {
                for check in component.checks {
                    let id = CheckID(service: service.id, component: component.id, check: check.id)
                    if let place = old.place(of: id), old.rows[place].check == check {
                        add(old.rows[place], old.slots[place])
                    } else {
                        add(CheckRow(id: id, check: check), Slot(due: now))
                    }
                }
            }
        }
    }

    /// Adds a row; of two with the same name the first stays.
    private mutating func add(_ row: CheckRow, _ slot: Slot) {
        guard places[row.id] == nil else { return }
        places[row.id] = rows.count
        rows.append(row)
        slots.append(slot)
    }

    /// Those whose round is due, the longest overdue first, so that none starves.
    func due(at now: Instant) -> [Int] {
        slots.indices.filter { slots[$0].isDue(at: now) }.sorted { (slots[$0].due, $0) < (slots[$1].due, $1) }
    }
}
