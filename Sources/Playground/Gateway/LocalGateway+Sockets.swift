import Timing

/// Sockets: their machines, their timers and their ends.
extension LocalGateway {
    /// Takes a new socket; nil when there are too many.
    ///
    /// - Parameter requested: what its URL asks for, or the code that it is closed with for that.
    func open(
        _ outgoing: AsyncStream<Outgoing>.Continuation, _ requested: Result<GatewayParameters, GatewayCloseCode>
    ) -> Int? {
        guard sockets.count < Bounds.sockets else { return nil }
        let number = nextNumber()
        let parameters = (try? requested.get()) ?? GatewayParameters(version: 10, compression: .uncompressed)
        let machine = GatewayConnection(heartbeatInterval: settings.heartbeatInterval, compression: parameters.compression)
        sockets[number] = Socket(machine: machine, outgoing: outgoing, parameters: parameters)
        counts.sockets += 1
        counts.transports[parameters.compression, default: 0] += 1
        if case .failure(let code) = requested {
            note("gateway URL", "no such v, encoding or compress")
            feed(number, .refused(code))
        } else if !isStruck(number, on: .opening) {
            feed(number, .opened(hello: true))
        }
        return number
    }

    /// Takes what a client sent; false when nobody listens any more.
    func receive(_ number: Int, _ input: GatewayConnection.Input) -> Bool {
        counts.gatewaySends += 1
        feed(number, input)
        return sockets[number]?.machine.phase != .silent
    }

    /// Gives a socket's machine an input and performs what it orders.
    func feed(_ number: Int, _ input: GatewayConnection.Input) {
        guard let actions = sockets[number]?.machine.handle(input, at: now) else { return }
        for action in actions { perform(action, on: number) }
        arm(number)
    }

    /// The client is gone. It ends the session with 1000 or 1001; with anything else, or nothing, the session waits for a RESUME.
    func disconnected(_ number: Int, code: UInt16?) {
        feed(number, .lost)
        remove(number, keepsSession: code != 1000 && code != 1001)
    }

    private func remove(_ number: Int, keepsSession: Bool) {
        guard let socket = sockets.removeValue(forKey: number) else { return }
        socket.timer?.task.cancel()
        socket.outgoing.finish()
        guard let session = socket.session else { return }
        holders[session] = nil
        if keepsSession {
            detached[session] = now
        } else {
            end(session)
        }
        forgetSessions()
        showPresence()
    }

    private func perform(_ action: GatewayConnection.Action, on number: Int) {
        switch action {
        case .send(let frame): send(frame, on: number)
        case .acknowledge(let delay): acknowledge(number, after: delay)
        case .identify(let identify): self.identify(identify, on: number)
        case .resume(let token, let session, let sequence): resume(token, session, sequence, on: number)
        case .requestMembers(let request): sendMembers(request, on: number)
        case .note(let what): note("gateway", what)
        case .close(let code):
            if code == .rateLimited { note("gateway", "more than \(GatewayConnection.sendBound) frames within a minute") }
            if code == .decodeError { note("gateway", "a frame that is no JSON, too large, or without what its opcode needs") }
            sockets[number]?.outgoing.yield(.close(code))
            remove(number, keepsSession: code.keepsSession)
        }
    }

    private func acknowledge(_ number: Int, after delay: Duration) {
        let frame = #"{"op":11}"#
        guard delay > .zero else { return send(frame, on: number) }
        Task {
            try await Task.sleep(for: delay)
            self.send(frame, on: number)
        }
    }

    func send(_ frame: String, on number: Int) {
        guard case .dropped? = sockets[number]?.outgoing.yield(.text(frame)) else { return }
        // The client does not read: it loses its socket, not its session.
        drop(number)
    }

    func drop(_ number: Int) {
        sockets[number]?.outgoing.yield(.drop)
        remove(number, keepsSession: true)
    }

    /// One timer a socket, for the machine's deadline. A deadline that moved later leaves the earlier timer, whose tick does nothing.
    private func arm(_ number: Int) {
        guard let deadline = sockets[number]?.machine.deadline else { return }
        if let timer = sockets[number]?.timer, timer.deadline <= deadline { return }
        sockets[number]?.timer?.task.cancel()
        let wait = now.duration(to: deadline)
        let task = Task {
            guard (try? await Task.sleep(for: wait)) != nil else { return }
            self.timerFired(number)
        }
        sockets[number]?.timer = (deadline, task)
    }

    private func timerFired(_ number: Int) {
        sockets[number]?.timer = nil
        feed(number, .tick)
    }
}
