/// The commands that bots register.
extension LocalGateway {
    /// A list has at most 130 commands of all types.
    static let commandBound = 130

    func commandAnswer(_ route: Route, _ request: Request, _ bot: Chat.User) throws(Refused) -> Response? {
        guard route.template.contains(" /applications/{id}/"), route.template.contains("/commands") else { return nil }
        guard route.ids.first == bot.id else { throw .missingAccess }
        let isGuild = route.template.contains("/guilds/{id}/")
        let guild = isGuild && route.ids.count >= 2 && chat.guilds.contains(route.ids[1]) ? route.ids[1] : nil
        if isGuild, guild == nil { throw .unknownGuild }
        let scope = guild.map { "\(bot.id)/\($0)" } ?? "\(bot.id)"
        let known = commands[scope] ?? []
        let named = route.ids.count > (isGuild ? 2 : 1) ? route.ids.last : nil
        switch (request.method, named) {
        case ("GET", nil): return .json(.array(known))
        case ("PUT", nil):
            guard let list = try body(of: request).array, list.count <= LocalGateway.commandBound else {
                throw .invalid(code: "LIST_TYPE_CONVERT", message: "Only lists of up to 130 commands may be used here.")
            }
            var registered: [JSON] = []
            for command in list { registered.append(try register(command, bot, guild: guild, known: known)) }
            commands[scope] = registered
            showCommands()
            return .json(.array(registered))
        case ("POST", nil):
            let command = try register(try body(of: request), bot, guild: guild, known: known)
            let others = known.filter { $0["id"] != command["id"] }
            guard others.count < LocalGateway.commandBound else {
                throw Refused(400, 30032, "Maximum number of commands reached")
            }
            commands[scope] = others + [command]
            return .json(command, status: others.count == known.count ? 201 : 200)
        case (let method, .some(let id)):
            guard let command = known.first(where: { $0["id"] == id.json }) else { throw .unknownCommand }
            if method == "GET" { return .json(command) }
            let others = known.filter { $0["id"] != id.json }
            if method == "DELETE" {
                commands[scope] = others
                return .noContent
            }
            guard method == "PATCH" else { throw .methodNotAllowed }
            let changed = command.adding(try body(of: request).object ?? [:])
            commands[scope] = others + [try register(changed, bot, guild: guild, known: known)]
            return .json(changed)
        default: throw .methodNotAllowed
        }
    }

    private func register(_ command: JSON, _ bot: Chat.User, guild: Snowflake?, known: [JSON]) throws(Refused) -> JSON {
        guard let name = command["name"]?.string, (1...32).contains(name.count) else {
            throw .invalid("name", code: "BASE_TYPE_REQUIRED", message: "This field is required")
        }
        let type = command["type"]?.integer ?? 1
        let earlier = known.first { $0["name"]?.string == name && $0["type"]?.integer == type }
        var members: [String: JSON] = [
            "id": earlier?["id"] ?? chat.nextID(at: LocalGateway.wallClock).json, "application_id": bot.id.json,
            "type": .integer(type), "version": chat.nextID(at: LocalGateway.wallClock).json,
            "default_member_permissions": nil, "nsfw": false, "description": "",
        ]
        if let guild { members["guild_id"] = guild.json }
        return JSON.object(members).adding((command.object ?? [:]).filter { $0.key != "id" && $0.key != "version" })
    }
}
