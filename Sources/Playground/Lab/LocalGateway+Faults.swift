/// Faults on demand.
extension LocalGateway {
    func inject(_ body: JSON) throws(LabRefusal) -> Response {
        guard let name = body["fault"]?.string, let fault = Fault(named: name) else {
            let known = Fault.allNames.map { JSON.string($0) }
            throw LabRefusal(400, "no such fault", members: ["faults": .array(known)])
        }
        let count = body["count"]?.integer ?? 1
        guard (1...Int64(Bounds.waitingFaults)).contains(count) else { throw LabRefusal(400, "“count” must be 1 to 1000") }
        if fault == .clear { waitingFaults.removeAll() }
        if fault.waits { waitingFaults[fault] = Int(count) }
        let affected = fault.waits || fault == .clear ? 0 : sockets.keys.sorted().count { strike($0, with: fault) }
        return .json(["fault": .string(name), "sockets": .integer(Int64(affected))])
    }

    /// Lets a fault happen to one socket; false when it has nothing to hit there.
    private func strike(_ number: Int, with fault: Fault) -> Bool {
        let session = sockets[number]?.session
        switch fault {
        case .dropConnections: drop(number)
        case .close(let code): feed(number, .refused(GatewayCloseCode(rawValue: code)))
        case .reconnect: feed(number, .toldToReconnect)
        case .noAck: sockets[number]?.machine.acknowledges = false
        case .malformedJSON: send(#"{"op":0,"d":{"id":"#, on: number)
        case .unknownOpcode: send(#"{"op":99,"d":{"reason":"none"}}"#, on: number)
        case .heartbeatRequest: send(#"{"op":1,"d":null}"#, on: number)
        case .invalidSessionResumable: send(#"{"op":9,"d":true}"#, on: number)
        case .invalidSession:
            guard let session else { return false }
            sessions[session] = nil
            sockets[number]?.session = nil
            feed(number, .invalidSession)
        case .unknownEvent:
            guard let session else { return false }
            dispatch("SOMETHING_NEW_HAPPENED", ["what": "nobody knows yet"], to: session)
        case .duplicateEvent:
            guard let last = session.flatMap({ sessions[$0] })?.last else { return false }
            send(last, on: number)
        default: return false
        }
        return true
    }
}
