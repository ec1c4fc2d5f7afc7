import Foundation

/// What the lab tells about bots, and the switches of Discord's developer portal.
extension LocalGateway {
    /// `GET /lab/stats`.
    func stats() -> JSON {
        var budget = budget(of: chat.mainBot)
        return [
            "identifies": .integer(Int64(counts.identifies)), "resumes": .integer(Int64(counts.resumes)),
            "remaining_identifies": .integer(Int64(budget.remaining(at: now))),
            "sockets": .integer(Int64(sockets.count)), "sockets_opened": .integer(Int64(counts.sockets)),
            "transports": .object(
                Dictionary(uniqueKeysWithValues: counts.transports.map { ($0.rawValue, .integer(Int64($1))) })),
            "sessions": .integer(Int64(sessions.count)), "gateway_sends": .integer(Int64(counts.gatewaySends)),
            "rest_requests": .integer(Int64(counts.restRequests)), "rate_limited": .integer(Int64(counts.rateLimited)),
            "invalid_requests": .integer(Int64(counts.invalidRequests)),
            "messages_created": .integer(Int64(counts.messagesCreated)), "nonce_hits": .integer(Int64(counts.nonceHits)),
            "interactions": .integer(Int64(counts.interactions)),
        ]
    }

    /// `PUT /lab/intents`. Who is connected with an intent that is taken away is closed with 4003, and with 4014 when it comes back.
    func grant(_ body: JSON) throws(LabRefusal) -> Response {
        var intents = grants.intents
        for (key, value) in body.object ?? [:] {
            guard let known = Grants.names.first(where: { $0.name == key }), let isGranted = value.bool else {
                let names = Grants.names.map { JSON.string($0.name) }
                throw LabRefusal(400, "each privileged intent is true or false", members: ["intents": .array(names)])
            }
            if isGranted { intents.insert(known.intent) } else { intents.remove(known.intent) }
        }
        grants.intents = intents
        endSessions { !grants.allows($0.intents) }
        return .json(grants.wire)
    }

    /// `POST /lab/tokens`: the portal's “Reset Token”.
    func resetToken(_ body: JSON) throws(LabRefusal) -> Response {
        var bot = chat.users[chat.mainBot]
        if let name = body["bot"]?.string { bot = chat.user(named: name) }
        guard let bot, bot.isBot else { throw LabRefusal(404, "no such bot") }
        resetToken(of: bot.id)
        return .json(["id": bot.id.json, "token": .string(makeToken(for: bot.id))], status: 201)
    }

    /// `PUT /lab/channels/{name}`: what bots may do there.
    func permit(_ name: String, _ body: JSON) throws(LabRefusal) -> Response {
        guard let channel = chat.channel(named: name.removingPercentEncoding ?? name), let guild = channel.guild else {
            throw LabRefusal(404, "no such channel")
        }
        guard let permissions = body["permissions"]?.string, ["none", "full"].contains(permissions) else {
            throw LabRefusal(400, "“permissions” must be none or full")
        }
        chat.mute(channel.id, permissions == "none")
        if let changed = chat.channels[channel.id] {
            publish("CHANNEL_UPDATE", to: .guilds, guild: guild) { _ in chat.wire(changed) }
        }
        return .json(["channel": .string(channel.name), "permissions": .string(permissions)])
    }
}
