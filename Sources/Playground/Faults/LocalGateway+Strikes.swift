/// What each fault does to a socket.
extension LocalGateway {
    /// Lets a fault happen to one socket; false when it has nothing to hit there.
    func strike(_ number: Int, with order: FaultOrder) -> Bool {
        guard sockets[number] != nil else { return false }
        switch order.fault {
        case .close(let code): feed(number, .refused(GatewayCloseCode(rawValue: code)))
        case .socket(let fault):
            return strikeConnection(number, fault) || strikeManner(number, fault, order) || strikeWords(number, fault, order)
        case .rest, .clear: return false
        }
        return true
    }

    private func strikeConnection(_ number: Int, _ fault: SocketFault) -> Bool {
        switch fault {
        case .dropConnections: drop(number)
        case .halfOpen:
            feed(number, .silenced)
            sockets[number]?.outgoing.yield(.stall)
        case .corruptStream: sockets[number]?.outgoing.yield(.garbage)
        case .reconnect, .reconnectBeforeHello: feed(number, .toldToReconnect)
        case .disallowedIntents: feed(number, .refused(.disallowedIntents))
        case .noHello: feed(number, .opened(hello: false))
        // Taken in, and never answered.
        case .noReady: feed(number, .admitted)
        // Undecided for ever: which sequence its heartbeats have to name is not for this socket to say.
        case .noResumed: break
        case .deadResumeURL: sockets[number]?.resumeURL = "ws://127.0.0.1:1"
        case .silentResumeURL: sockets[number]?.resumeURL = silentListener().map { "ws://127.0.0.1:\($0.port)" }
        default: return false
        }
        return true
    }

    private func strikeManner(_ number: Int, _ fault: SocketFault, _ order: FaultOrder) -> Bool {
        switch fault {
        case .noAck: sockets[number]?.machine.acknowledgement = .never
        case .lateAck: sockets[number]?.machine.acknowledgement = .after(order.delay)
        case .splitFrames: return pack(number, .splitFrames)
        case .splitMessages: return pack(number, .splitMessages)
        case .markerInside: return pack(number, .markerInside)
        case .coalesced:
            guard let compression = sockets[number]?.parameters.compression, compression != .uncompressed else { return false }
            sockets[number]?.outgoing.yield(.pair(order.count))
        default: return false
        }
        return true
    }

    private func pack(_ number: Int, _ packing: Packing) -> Bool {
        guard let socket = sockets[number], packing.isPossible(with: socket.parameters.compression) else { return false }
        socket.outgoing.yield(.pack(packing))
        return true
    }

    private func strikeWords(_ number: Int, _ fault: SocketFault, _ order: FaultOrder) -> Bool {
        switch fault {
        case .invalidSession: return invalidate(number)
        case .invalidSessionResumable: feed(number, .invalidSession(isResumable: true))
        default:
            for _ in 0..<order.count {
                guard say(number, fault, order) else { return false }
            }
        }
        return true
    }

    /// Ends the session of a socket, or the one that it wants to resume.
    private func invalidate(_ number: Int) -> Bool {
        guard let socket = sockets[number],
            let session = socket.session ?? socket.wanted ?? (socket.machine.isDeciding ? "" : nil)
        else { return false }
        end(session)
        sockets[number]?.session = nil
        feed(number, .invalidSession(isResumable: false))
        return true
    }

    private func say(_ number: Int, _ fault: SocketFault, _ order: FaultOrder) -> Bool {
        switch fault {
        case .malformedJSON: send(#"{"op":0,"d":{"id":"#, on: number)
        case .unknownOpcode: send(#"{"op":99,"d":{"reason":"none"}}"#, on: number)
        case .heartbeatRequest: send(#"{"op":1,"d":null}"#, on: number)
        default:
            guard let session = sockets[number]?.session else { return false }
            return tell(session, number, fault, order)
        }
        return true
    }

    private func tell(_ session: String, _ number: Int, _ fault: SocketFault, _ order: FaultOrder) -> Bool {
        let nothing: JSON = ["what": "nobody knows yet"]
        switch fault {
        case .unknownEvent: dispatch("SOMETHING_NEW_HAPPENED", nothing, to: session)
        case .sequenceGap: _ = sessions[session]?.dispatch("SOMETHING_NEW_HAPPENED", nothing)
        case .hugeEvent:
            let padding = String(repeating: "x", count: order.bytes)
            dispatch("SOMETHING_HUGE_HAPPENED", ["padding": .string(padding)], to: session)
        case .duplicateEvent:
            guard let last = sessions[session]?.last else { return false }
            send(last, on: number)
        default: return false
        }
        return true
    }
}
