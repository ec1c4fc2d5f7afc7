import Timing

/// Sessions: how they begin, go on and end.
extension LocalGateway {
    /// Ends all sessions of a bot and its token.
    func resetToken(of bot: Snowflake) {
        tokens = tokens.filter { $0.value != bot }
        endSessions { $0.bot == bot }
    }

    /// Ends sessions; their sockets are closed with 4003, “this session has been invalidated”.
    func endSessions(where isMeant: (GatewayServerSession) -> Bool) {
        for session in sessions.values.filter(isMeant) {
            if let number = holders[session.id] { feed(number, .refused(.notAuthenticated)) }
            end(session.id)
        }
    }

    /// A session is no more.
    func end(_ session: String) {
        sessions[session] = nil
        detached[session] = nil
        holders[session] = nil
    }

    /// Forgets the sessions that nobody came back for, the oldest beyond the bound too.
    func forgetSessions() {
        let moment = now
        var oldestFirst = detached.sorted { $0.value < $1.value }[...]
        while let oldest = oldestFirst.first,
            oldestFirst.count > Bounds.detachedSessions || oldest.value.duration(to: moment) > settings.sessionLife
        {
            end(oldest.key)
            oldestFirst.removeFirst()
        }
    }

    func begin(_ identify: Identify, _ bot: Snowflake, on number: Int) {
        guard let socket = sockets[number] else { return }
        feed(number, .admitted)
        let session = GatewayServerSession(
            id: LocalGateway.random(32).lowercased(), bot: bot, intents: identify.intents,
            shard: (identify.shard, identify.shardCount), parameters: socket.parameters)
        sessions[session.id] = session
        hold(session.id, by: number)
        dispatch("READY", ready(session, resumeURL: socket.resumeURL ?? gatewayURL), to: session.id)
        if session.intents.contains(.guilds) {
            for guild in chat.guilds where session.receives(guild: guild) {
                dispatch("GUILD_CREATE", chat.wire(guild: guild), to: session.id)
            }
        }
        _ = isStruck(number, on: .ready)
        showPresence()
    }

    private func hold(_ session: String, by number: Int) {
        sockets[number]?.session = session
        holders[session] = number
    }

    private func ready(_ session: GatewayServerSession, resumeURL: String) -> JSON {
        let bot = chat.users[session.bot]
        let guilds = chat.guilds.filter { session.receives(guild: $0) }
        return [
            "v": .integer(session.parameters.version),
            "user": bot.map { chat.wireSelf($0) } ?? nil,
            "guilds": .array(guilds.map { ["id": $0.json, "unavailable": true] }),
            "session_id": .string(session.id), "session_type": "normal", "private_channels": [], "relationships": [],
            "resume_gateway_url": .string(resumeURL),
            "shard": [.integer(session.shard.id), .integer(session.shard.count)],
            "application": ["id": session.bot.json, "flags": .integer(grants.flags)],
        ]
    }

    func resume(_ token: String, _ id: String, _ sequence: Int64, on number: Int) {
        counts.resumes += 1
        sockets[number]?.wanted = id
        if isStruck(number, on: .resuming) { return }
        guard let bot = tokens[token] else { return feed(number, .refused(.authenticationFailed)) }
        forgetSessions()
        guard let session = sessions[id] else { return feed(number, .invalidSession(isResumable: false)) }
        guard session.bot == bot else {
            note("gateway", "op 6: the session is another bot's")
            return feed(number, .invalidSession(isResumable: false))
        }
        if session.parameters != sockets[number]?.parameters {
            note("gateway", "op 6: the URL has another v or compress than the session began with")
        }
        guard sequence <= session.sequence else {
            note("gateway", "op 6: seq \(sequence) was never sent; the last is \(session.sequence)")
            return feed(number, .refused(.invalidSequence))
        }
        guard let missed = session.missed(since: sequence) else {
            end(id)
            return feed(number, .invalidSession(isResumable: false))
        }
        take(session, over: number, missed, since: sequence)
    }

    private func take(_ session: GatewayServerSession, over number: Int, _ missed: [String], since sequence: Int64) {
        // A socket that the client gave up may still look alive here.
        if let other = holders[session.id] {
            sockets[other]?.session = nil
            drop(other)
        }
        detached[session.id] = nil
        hold(session.id, by: number)
        sockets[number]?.machine.sequences = SentSequences(resumed: sequence)
        feed(number, .admitted)
        for (index, frame) in missed.enumerated() {
            sockets[number]?.machine.sequences.sent(sequence + Int64(index) + 1, at: now)
            send(frame, on: number)
        }
        dispatch("RESUMED", [:], to: session.id)
        _ = isStruck(number, on: .ready)
        showPresence()
    }

    func sendMembers(_ request: JSON, on number: Int) {
        guard let session = sockets[number]?.session else { return }
        let prefix = request["query"]?.string?.lowercased() ?? ""
        let wanted = request["user_ids"]?.array.map { Set($0.compactMap { Snowflake($0) }) }
        let members = chat.members.filter { wanted?.contains($0.id) ?? $0.name.lowercased().hasPrefix(prefix) }
        let guild = Snowflake(request["guild_id"]).flatMap { chat.guilds.contains($0) ? $0 : nil } ?? chat.guild
        var chunk: JSON = [
            "guild_id": guild.json, "members": .array(members.map { chat.wireMember($0) }), "chunk_index": 0,
            "chunk_count": 1, "not_found": [],
        ]
        if let nonce = request["nonce"]?.string { chunk = chunk.adding(["nonce": .string(nonce)]) }
        dispatch("GUILD_MEMBERS_CHUNK", chunk, to: session)
    }

    /// Numbers an event for a session and sends it if a socket holds the session.
    func dispatch(_ event: String, _ data: JSON, to id: String) {
        guard let frame = sessions[id]?.dispatch(event, data), let sequence = sessions[id]?.sequence else { return }
        guard let number = holders[id] else { return }
        sockets[number]?.machine.sequences.sent(sequence, at: now)
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
        holders.keys.contains { sessions[$0]?.bot == bot }
    }
}
