import Timing

/// Sockets, sessions and the events that run through them.
extension LocalGateway {
    /// Takes a new socket; nil when there are too many.
    func open(_ outgoing: AsyncStream<Outgoing>.Continuation) -> Int? {
        guard sockets.count < Bounds.sockets else { return nil }
        let number = nextNumber()
        sockets[number] = Socket(machine: GatewayConnection(heartbeatInterval: settings.heartbeatInterval), outgoing: outgoing)
        if takes(.reconnectBeforeHello) {
            feed(number, .toldToReconnect)
        } else {
            feed(number, .opened(hello: !takes(.noHello)))
        }
        return number
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
        if keepsSession {
            detached[session] = now
        } else {
            sessions[session] = nil
        }
        forgetSessions()
        showPresence()
    }

    /// Forgets the sessions that nobody came back for, the oldest beyond the bound too.
    private func forgetSessions() {
        let moment = now
        var oldestFirst = detached.sorted { $0.value < $1.value }
        while let oldest = oldestFirst.first,
            oldestFirst.count > Bounds.detachedSessions || oldest.value.duration(to: moment) > settings.sessionLife
        {
            sessions[oldest.key] = nil
            detached[oldest.key] = nil
            oldestFirst.removeFirst()
        }
    }

    private func perform(_ action: GatewayConnection.Action, on number: Int) {
        switch action {
        case .send(let frame): send(frame, on: number)
        case .identify(let identify): self.identify(identify, on: number)
        case .resume(let token, let session, let sequence): resume(token, session, sequence, on: number)
        case .requestMembers(let request): sendMembers(request, on: number)
        case .close(let code):
            sockets[number]?.outgoing.yield(.close(code))
            remove(number, keepsSession: code.keepsSession)
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

    private func identify(_ identify: Identify, on number: Int) {
        guard let bot = tokens[identify.token] else { return feed(number, .refused(.authenticationFailed)) }
        if !identify.intents.isDisjoint(with: .privileged), takes(.disallowedIntents) {
            return feed(number, .refused(.disallowedIntents))
        }
        feed(number, .admitted)
        if takes(.noReady) { return }
        let session = GatewayServerSession(
            id: LocalGateway.random(32).lowercased(), bot: bot, intents: identify.intents,
            shard: (identify.shard, identify.shardCount))
        sessions[session.id] = session
        sockets[number]?.session = session.id
        dispatch("READY", ready(session), to: session.id)
        if session.intents.contains(.guilds), session.receives(guild: chat.guild) {
            dispatch("GUILD_CREATE", chat.wireGuild, to: session.id)
        }
        showPresence()
    }

    private func ready(_ session: GatewayServerSession) -> JSON {
        let bot = chat.users[session.bot]
        return [
            "v": 10, "user": bot.map { chat.wire($0).adding(["verified": true, "mfa_enabled": false]) } ?? nil,
            "guilds": session.receives(guild: chat.guild) ? [["id": chat.guild.json, "unavailable": true]] : [],
            "session_id": .string(session.id), "session_type": "normal", "private_channels": [], "relationships": [],
            "resume_gateway_url": .string(takes(.deadResumeURL) ? "ws://127.0.0.1:1" : gatewayURL),
            "shard": [.integer(session.shard.id), .integer(session.shard.count)],
            "application": ["id": session.bot.json, "flags": 565_248],
        ]
    }

    private func resume(_ token: String, _ id: String, _ sequence: Int64, on number: Int) {
        guard let bot = tokens[token] else { return feed(number, .refused(.authenticationFailed)) }
        forgetSessions()
        guard let session = sessions[id], session.bot == bot else { return feed(number, .invalidSession) }
        guard sequence <= session.sequence else { return feed(number, .refused(.invalidSequence)) }
        guard let missed = session.missed(since: sequence) else {
            sessions[id] = nil
            detached[id] = nil
            return feed(number, .invalidSession)
        }
        // A socket that the client gave up may still look alive here.
        for (other, socket) in sockets where socket.session == id {
            sockets[other]?.session = nil
            drop(other)
        }
        detached[id] = nil
        sockets[number]?.session = id
        feed(number, .admitted)
        for frame in missed { send(frame, on: number) }
        dispatch("RESUMED", [:], to: id)
        showPresence()
    }

    private func sendMembers(_ request: JSON, on number: Int) {
        guard let session = sockets[number]?.session else { return }
        let prefix = request["query"]?.string?.lowercased() ?? ""
        let wanted = request["user_ids"]?.array.map { Set($0.compactMap { Snowflake($0) }) }
        let members = chat.members.filter { wanted?.contains($0.id) ?? $0.name.lowercased().hasPrefix(prefix) }
        var chunk: JSON = [
            "guild_id": chat.guild.json, "members": .array(members.map { chat.wireMember($0) }), "chunk_index": 0,
            "chunk_count": 1, "not_found": [],
        ]
        if let nonce = request["nonce"]?.string { chunk = chunk.adding(["nonce": .string(nonce)]) }
        dispatch("GUILD_MEMBERS_CHUNK", chunk, to: session)
    }

    /// Numbers an event for a session and sends it if a socket holds the session.
    func dispatch(_ event: String, _ data: JSON, to id: String) {
        guard let frame = sessions[id]?.dispatch(event, data) else { return }
        guard let number = sockets.first(where: { $0.value.session == id })?.key else { return }
        send(frame, on: number)
    }

    /// Sends an event to every session that asked for it.
    func publish(
        _ event: String, to intent: GatewayIntents, guild: Snowflake?, bots: Set<Snowflake>? = nil,
        data: (GatewayServerSession) -> JSON
    ) {
        for session in Array(sessions.values) {
            guard session.intents.isSuperset(of: intent), session.receives(guild: guild), bots?.contains(session.bot) ?? true
            else { continue }
            dispatch(event, data(session), to: session.id)
        }
    }

    /// Whether a bot has a socket with a session on it.
    func isConnected(_ bot: Snowflake) -> Bool {
        sockets.values.contains { $0.session.flatMap { sessions[$0] }?.bot == bot }
    }
}
