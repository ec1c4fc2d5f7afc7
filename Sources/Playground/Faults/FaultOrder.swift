import Diagnostics

/// One fault as somebody asked for it.
struct FaultOrder: Hashable, Sendable {
    static let fields = ["fault", "count", "when", "after_ms", "delay_ms", "bytes"]
    static let countBound: Int64 = 1_000
    static let bytesBound: Int64 = 64 << 20
    /// In milliseconds; FlyingFox waits no longer for an answer.
    static let waitBound: Int64 = 110_000

    let name: String
    let fault: Fault
    /// How many occasions, requests or events it is for.
    var count = 1
    /// Nil: at once, on the sockets that are open.
    var occasion: Occasion?
    /// How long after the order, or after the step before it.
    var after = Duration.zero
    /// How late what is late comes.
    var delay = Duration.seconds(5)
    /// How large what is huge is.
    var bytes = 10_000_000

    init(_ name: String, _ fault: Fault) {
        self.name = name
        self.fault = fault
        occasion = fault.ownOccasion
    }

    init(reading body: JSON) throws(LabRefusal) {
        guard let members = body.object else { throw LabRefusal(400, "a fault is an object with the name “fault”") }
        for key in members.keys.sorted() where !FaultOrder.fields.contains(key) {
            throw FaultOrder.unknown("field", key, known: FaultOrder.fields, as: "fields")
        }
        let name = body["fault"]?.string ?? ""
        guard let fault = Fault(named: name) else {
            throw FaultOrder.unknown("fault", name, known: Fault.allNames, as: "faults")
        }
        self.init(name, fault)
        count = Int(try FaultOrder.number(body, "count", 1...FaultOrder.countBound) ?? 1)
        after = .milliseconds(try FaultOrder.number(body, "after_ms", 0...86_400_000) ?? 0)
        if let delay = try FaultOrder.number(body, "delay_ms", 0...FaultOrder.waitBound) { self.delay = .milliseconds(delay) }
        if let bytes = try FaultOrder.number(body, "bytes", 1...FaultOrder.bytesBound) { self.bytes = Int(bytes) }
        // A session keeps its events for a RESUME.
        guard fault != .socket(.hugeEvent) || Int64(count * bytes) <= 4 * FaultOrder.bytesBound else {
            throw LabRefusal(400, "“count” huge events must have \(4 * FaultOrder.bytesBound) bytes together at most")
        }
        if let when = body["when"] { occasion = try FaultOrder.occasion(when, for: fault) }
    }

    private static func occasion(_ value: JSON, for fault: Fault) throws(LabRefusal) -> Occasion? {
        let name = value.string ?? ""
        guard Occasion.names.contains(name) else { throw unknown("occasion", name, known: Occasion.names, as: "occasions") }
        let wanted = name == "now" ? nil : Occasion(rawValue: name)
        if let own = fault.ownOccasion, own != wanted {
            // A request is always the next one.
            if own == .request, wanted == nil { return own }
            throw LabRefusal(400, "that fault has an occasion of its own: leave “when” out")
        }
        return wanted
    }

    private static func number(_ body: JSON, _ field: String, _ range: ClosedRange<Int64>) throws(LabRefusal) -> Int64? {
        guard let value = body[field] else { return nil }
        guard let number = value.integer, range.contains(number) else {
            throw LabRefusal(400, "“\(field)” must be \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func unknown(_ what: String, _ name: String, known: [String], as list: String) -> LabRefusal {
        let nearest = nearestName(to: name, among: known).map { "; did you mean “\($0)”?" } ?? ""
        return LabRefusal(400, "no such \(what): “\(name)”\(nearest)", members: [list: .array(known.map { .string($0) })])
    }
}
