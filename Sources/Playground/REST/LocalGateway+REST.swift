import Foundation
import Timing

/// Discord's REST routes.
extension LocalGateway {
    /// Answers a request below `/api/v10`.
    func rest(_ request: Request) -> Response {
        counts.restRequests += 1
        capture?.add(request)
        // What the ban turns away does not make it longer.
        if let ban = invalidRequests.ban(at: now) { return LocalGateway.banPage(for: ban) }
        let response = standingAnswer(request)
        if response.status == 429 { counts.rateLimited += 1 }
        if [401, 403, 429].contains(response.status), response.headers["X-RateLimit-Scope"] != "shared" {
            counts.invalidRequests += 1
            invalidRequests.count(at: now)
        }
        return response
    }

    private func standingAnswer(_ request: Request) -> Response {
        let route = Route(method: request.method, path: Substring(request.path).dropFirst("/api/v10".count))
        for mistake in RequestRules.mistakes(in: request) { note(route.template, mistake) }
        let isDiscovery = route.template == "GET /gateway" || route.template == "GET /gateway/bot"
        let fault = isDiscovery ? nil : faults.met(.request, at: now).first
        if let fault, let answer = instead(of: fault) { return answer }
        let limit = route.template == "GET /gateway/bot" ? settings.gatewayBotLimit : nil
        let standing = limits.count(route.bucket, limit: limit, at: now)
        if standing.isExceeded {
            return decorated(LocalGateway.tooMany(after: standing.resetAfter, scope: "user"), standing, route)
        }
        let response = decorated(performed(route, request), standing, route)
        return fault.map { spoilt(response, by: $0) } ?? response
    }

    private func performed(_ route: Route, _ request: Request) -> Response {
        do throws(Refused) {
            guard RequestRules.isReadable(request) else { throw .unreadableType }
            return try answer(route, request)
        } catch {
            // A client should never be told that what it sent is no good.
            if error.response.status == 400 { note(route.template, String(decoding: error.response.body, as: UTF8.self)) }
            return error.response
        }
    }

    static func tooMany(after wait: Duration, scope: String) -> Response {
        let isGlobal = scope == "global"
        var response = Response.json(
            [
                "message": "You are being rate limited.", "retry_after": .number(max(0.001, wait.seconds)),
                "global": .bool(isGlobal),
            ], status: 429)
        response.headers["Retry-After"] = String(Int(max(0.001, wait.seconds).rounded(.up)))
        response.headers["X-RateLimit-Scope"] = scope
        // discord.py takes a 429 without it for Cloudflare's.
        response.headers["Via"] = "1.1 playground"
        if isGlobal { response.headers["X-RateLimit-Global"] = "true" }
        return response
    }

    private func decorated(_ response: Response, _ standing: RateLimits.Standing, _ route: Route) -> Response {
        var response = response
        let wait = max(0, standing.resetAfter.seconds)
        response.headers["Via"] = "1.1 playground"
        // Discord tells nothing of the bucket that callbacks are in.
        if route.template == "POST /interactions/{id}/{token}/callback", response.status != 429 { return response }
        response.headers["X-RateLimit-Limit"] = String(standing.limit)
        response.headers["X-RateLimit-Remaining"] = String(standing.remaining)
        response.headers["X-RateLimit-Reset-After"] = LocalGateway.decimal(wait)
        response.headers["X-RateLimit-Reset"] = LocalGateway.decimal(Double(LocalGateway.wallClock) / 1_000 + wait)
        // FNV-1a: opaque, and the same for the same route in every run.
        let hash = route.template.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        response.headers["X-RateLimit-Bucket"] = String(hash, radix: 16)
        return response
    }

    private static func decimal(_ seconds: Double) -> String {
        String((seconds * 1_000).rounded() / 1_000)
    }

    private func answer(_ route: Route, _ request: Request) throws(Refused) -> Response {
        if let open = try openAnswer(route, request) { return open }
        guard let bot = bot(request.authorization) else { throw .unauthorized }
        if let answer = try channelAnswer(route, request, bot) { return answer }
        if let answer = try commandAnswer(route, request, bot) { return answer }
        switch route.template {
        case "GET /gateway/bot":
            return .json(discovery(for: bot.id))
        case "GET /users/@me": return .json(chat.wireSelf(bot))
        case "GET /users/{id}": return .json(chat.wire(try user(route.ids[0])))
        case "GET /users/@me/guilds":
            return .json(.array(chat.guilds.map { wireMembership($0) }))
        case "POST /users/@me/channels":
            guard let person = Snowflake(try body(of: request)["recipient_id"]), chat.users[person]?.isBot == false else {
                throw .invalid("recipient_id", code: "NUMBER_TYPE_COERCE", message: "Value is not the id of a person.")
            }
            return .json(chat.wire(try conversation(of: person, with: bot)))
        case "GET /applications/@me", "GET /oauth2/applications/@me": return .json(application(bot))
        default: return try guildAnswer(route)
        }
    }

    /// The routes that need no bot's token.
    private func openAnswer(_ route: Route, _ request: Request) throws(Refused) -> Response? {
        switch route.template {
        case "GET /gateway": return .json(["url": .string(gatewayURL)])
        case _ where route.token != nil: return try interactionAnswer(route, request)
        default: return nil
        }
    }

    private func guildAnswer(_ route: Route) throws(Refused) -> Response {
        guard let guild = route.ids.first else { throw .notFound }
        guard route.template.contains("/guilds/"), chat.guilds.contains(guild) else {
            throw route.template.contains("/guilds/") ? .unknownGuild : .notFound
        }
        switch route.template {
        case "GET /guilds/{id}": return .json(chat.wire(guild: guild))
        case "GET /guilds/{id}/channels": return .json(.array(chat.textChannels(of: guild).map { chat.wire($0) }))
        case "GET /guilds/{id}/roles": return .json(chat.wireRoles(of: guild))
        case "GET /guilds/{id}/members": return .json(.array(chat.members.map { chat.wireMember($0) }))
        case "GET /guilds/{id}/members/{id}": return .json(chat.wireMember(try user(route.ids[1])))
        default: throw .notFound
        }
    }

    private func discovery(for bot: Snowflake) -> JSON {
        var budget = budget(of: bot)
        let milliseconds = Int64(budget.resetAfter(at: now).milliseconds.rounded(.up))
        return [
            "url": .string(gatewayURL), "shards": .integer(Int64(settings.shards)),
            "session_start_limit": [
                "total": .integer(Int64(settings.identifies)), "remaining": .integer(Int64(budget.remaining(at: now))),
                "reset_after": .integer(milliseconds), "max_concurrency": .integer(Int64(settings.maxConcurrency)),
            ],
        ]
    }

    private func wireMembership(_ guild: Snowflake) -> JSON {
        [
            "id": guild.json, "name": .string(chat.name(of: guild)), "icon": nil, "owner": false, "features": [],
            "permissions": Chat.permissions,
        ]
    }

    private func user(_ id: Snowflake) throws(Refused) -> Chat.User {
        guard let user = chat.users[id] else { throw .unknownUser }
        return user
    }

    private func bot(_ authorization: String?) -> Chat.User? {
        guard let authorization, authorization.hasPrefix("Bot ") else { return nil }
        return tokens[String(authorization.dropFirst(4))].flatMap { chat.users[$0] }
    }

    /// The body as JSON.
    func body(of request: Request) throws(Refused) -> JSON {
        guard let body = JSON(parsing: request.body) else { throw .invalidJSON }
        return body
    }

    private func conversation(of person: Snowflake, with bot: Chat.User) throws(Refused) -> Chat.Channel {
        do throws(Chat.Refusal) {
            return try chat.direct(person: person, bot: bot.id, at: LocalGateway.wallClock)
        } catch {
            throw Refused(400, 0, error.reason)
        }
    }

    private func application(_ bot: Chat.User) -> JSON {
        [
            "id": bot.id.json, "name": .string(bot.name), "icon": nil, "description": "A bot of the playground.", "summary": "",
            "bot_public": false, "bot_require_code_grant": false, "verify_key": "", "flags": .integer(grants.flags), "team": nil,
            "owner": chat.wire(bot), "bot": chat.wire(bot), "rpc_origins": [], "redirect_uris": [],
            "interactions_endpoint_url": nil, "approximate_user_install_count": 0,
            "approximate_guild_count": .integer(Int64(chat.guilds.count)),
        ]
    }
}
