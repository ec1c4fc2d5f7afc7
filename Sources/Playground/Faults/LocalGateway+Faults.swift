import Timing

/// Faults on demand: how they are asked for, and when they strike.
extension LocalGateway {
    func inject(_ body: JSON) throws(LabRefusal) -> Response {
        guard let script = body["script"] else { return try inject(one: body) }
        guard let entries = script.array, !entries.isEmpty, body.object?.count == 1 else {
            throw LabRefusal(400, "“script” stands alone and is a list of faults")
        }
        var steps: [FaultOrder] = []
        for entry in entries { steps.append(try FaultOrder(reading: entry)) }
        try schedule(steps)
        return .json(["steps": .integer(Int64(steps.count)), "sockets": .integer(Int64(strikeDue()))])
    }

    private func inject(one body: JSON) throws(LabRefusal) -> Response {
        let order = try FaultOrder(reading: body)
        try schedule([order])
        return .json(["fault": .string(order.name), "sockets": .integer(Int64(strikeDue()))])
    }

    private func schedule(_ steps: [FaultOrder]) throws(LabRefusal) {
        guard faults.count + steps.count <= FaultSchedule.bound else { throw LabRefusal(400, "too many faults wait already") }
        faults.add(steps, at: now)
    }

    /// Forgets what waits; the sockets behave again.
    func clearFaults() {
        faults.clear()
        for number in sockets.keys {
            sockets[number]?.machine.acknowledgement = .after(.zero)
            sockets[number]?.outgoing.yield(.straighten)
        }
    }

    /// Strikes what is due and returns how many sockets it hit.
    @discardableResult
    private func strikeDue() -> Int {
        let struck = faults.due(at: now).reduce(0) { $0 + strike($1) }
        armFaults()
        return struck
    }

    /// One timer, for the schedule's deadline.
    private func armFaults() {
        faultTimer?.cancel()
        guard let deadline = faults.deadline else { return }
        let wait = now.duration(to: deadline)
        faultTimer = Task {
            guard (try? await Task.sleep(for: wait)) != nil else { return }
            self.strikeDue()
        }
    }

    private func strike(_ order: FaultOrder) -> Int {
        if order.fault == .clear {
            clearFaults()
            return 0
        }
        return sockets.keys.sorted().count { strike($0, with: order) }
    }

    /// What strikes one socket on an occasion; true when something takes the place of the answer.
    func isStruck(_ number: Int, on occasion: Occasion, where isMeant: (Fault) -> Bool = { _ in true }) -> Bool {
        let orders = faults.met(occasion, at: now, where: isMeant)
        // A script's next step may be due at once.
        if !orders.isEmpty { strikeDue() }
        for order in orders { _ = strike(number, with: order) }
        return orders.last?.fault.replacesAnswer ?? false
    }
}
