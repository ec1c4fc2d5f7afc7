import Timing

/// Interactions: callbacks and their webhooks.
extension LocalGateway {
    func interactionAnswer(_ route: Route, _ request: Request) throws(Refused) -> Response {
        switch route.template {
        case "POST /interactions/{id}/{token}/callback": return try callback(route, request)
        case "POST /webhooks/{id}/{token}": return try followUp(try interaction(route), route, request)
        case "GET /webhooks/{id}/{token}/messages/@original", "GET /webhooks/{id}/{token}/messages/{id}":
            return .json(chat.wire(try answered(route)))
        case "PATCH /webhooks/{id}/{token}/messages/@original", "PATCH /webhooks/{id}/{token}/messages/{id}":
            return .json(chat.wire(try edit(try answered(route), with: MessageDraft(reading: body(of: request)))))
        case "DELETE /webhooks/{id}/{token}/messages/@original", "DELETE /webhooks/{id}/{token}/messages/{id}":
            delete(try answered(route))
            return .noContent
        default: throw .notFound
        }
    }

    private func callback(_ route: Route, _ request: Request) throws(Refused) -> Response {
        guard let id = route.ids.first, let interaction = interactions[id], interaction.token == route.token else {
            throw .unknownInteraction
        }
        guard !interaction.isAcknowledged else { throw .acknowledged }
        guard interaction.createdAt.duration(to: now) <= Interaction.deadline else { throw .unknownInteraction }
        let body = try body(of: request)
        let data = body["data"] ?? [:]
        for mistake in CallbackRules.mistakes(in: body) { note(route.template, mistake) }
        switch body["type"]?.integer {
        case 4:
            let draft = try MessageDraft(reading: data)
            guard !draft.isEmpty else { throw .empty }
            interactions[id]?.answer = try answer(interaction, draft).id
        case 5: interactions[id]?.answer = try thinking(interaction, flags: data["flags"]?.integer ?? 0).id
        case 6: interactions[id]?.answer = interaction.message
        case 7:
            guard let message = interaction.message.flatMap({ chat.message($0) }) else { throw .unknownMessage }
            interactions[id]?.answer = try edit(message, with: MessageDraft(reading: data)).id
        case 8:
            try FormRules.check(choices: data["choices"]?.array ?? [], of: interaction.kind)
            interactions[id]?.choices = data["choices"]?.array ?? []
        case 9:
            try FormRules.check(form: data, of: interaction.kind)
            interactions[id]?.form = data
        default: throw .invalid("type", code: "BASE_TYPE_CHOICES", message: "Value must be one of {4, 5, 6, 7, 8, 9}.")
        }
        interactions[id]?.isAcknowledged = true
        show(
            [
                "type": "answered", "id": id.json, "choices": interactions[id]?.choices.map { .array($0) } ?? nil,
                "form": interactions[id]?.form ?? nil,
            ])
        guard request.query["with_response"].map({ $0.lowercased() == "true" || $0 == "1" }) == true else { return .noContent }
        return .json(receipt(id, type: body["type"] ?? nil))
    }

    private func receipt(_ id: Snowflake, type: JSON) -> JSON {
        guard let interaction = interactions[id] else { return [:] }
        var receipt: [String: JSON] = ["id": id.json, "type": .integer(interaction.kind.rawValue)]
        var resource: [String: JSON] = ["type": type]
        if let message = interaction.answer.flatMap({ chat.message($0) }) {
            receipt["response_message_id"] = message.id.json
            receipt["response_message_loading"] = .bool(message.isLoading)
            receipt["response_message_ephemeral"] = .bool(message.isEphemeral)
            resource["message"] = chat.wire(message)
        }
        return ["interaction": .object(receipt), "resource": .object(resource)]
    }

    private func answer(_ interaction: Interaction, _ draft: MessageDraft) throws(Refused) -> Message {
        guard let channel = chat.channels[interaction.channel] else { throw .unknownChannel }
        var message = try message(from: draft, in: channel, by: interaction.bot)
        message.kind = interaction.kind == .command ? .commandAnswer : .ordinary
        message.flags = draft.flags
        message.interaction = Message.Use(interaction: interaction.id, user: interaction.user)
        add(message)
        return message
    }

    private func thinking(_ interaction: Interaction, flags: Int64) throws(Refused) -> Message {
        let moment = LocalGateway.wallClock
        var message = Message(
            id: chat.nextID(at: moment), channel: interaction.channel, author: interaction.bot, content: "", at: moment)
        message.kind = .commandAnswer
        message.flags = (flags & 64) | 128
        message.interaction = Message.Use(interaction: interaction.id, user: interaction.user)
        add(message)
        return message
    }

    private func followUp(_ interaction: Interaction, _ route: Route, _ request: Request) throws(Refused) -> Response {
        let body = try body(of: request)
        if body["nonce"] != nil { note(route.template, "follow-ups have no nonce") }
        let draft = try MessageDraft(reading: body)
        guard !draft.isEmpty else { throw .empty }
        return .json(chat.wire(try answer(interaction, draft)))
    }

    /// The interaction that a webhook's token belongs to.
    private func interaction(_ route: Route) throws(Refused) -> Interaction {
        guard let interaction = route.token.flatMap({ interactionTokens[$0] }).flatMap({ interactions[$0] }) else {
            throw .unknownWebhook
        }
        guard interaction.createdAt.duration(to: now) <= Interaction.tokenLife else { throw .expiredToken }
        // Nothing can follow up what was never answered.
        guard interaction.isAcknowledged, interaction.bot == route.ids.first else { throw .unknownWebhook }
        return interaction
    }

    private func answered(_ route: Route) throws(Refused) -> Message {
        let interaction = try interaction(route)
        let id = route.ids.count >= 2 ? route.ids[1] : interaction.answer
        guard let message = id.flatMap({ chat.message($0) }), message.author == interaction.bot else { throw .unknownMessage }
        return message
    }
}
