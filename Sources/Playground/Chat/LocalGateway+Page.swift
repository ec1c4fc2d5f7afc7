/// What the chat page sees, live.
extension LocalGateway {
    /// How many messages a page begins with; the transcript has all.
    private static let pageLength = 2_000

    /// Takes a viewer, who gets everything there is and then what happens; nil when there are too many.
    func openView(_ outgoing: AsyncStream<Outgoing>.Continuation) -> Int? {
        guard viewers.count < Bounds.viewers else { return nil }
        let number = nextNumber()
        viewers[number] = outgoing
        outgoing.yield(.text(snapshot.text))
        return number
    }

    func closeView(_ number: Int) {
        viewers.removeValue(forKey: number)?.finish()
    }

    /// Shows something to every viewer; one who does not keep up is sent away and comes back to a snapshot.
    func show(_ event: JSON) {
        guard !viewers.isEmpty else { return }
        let frame = event.text
        for (number, viewer) in viewers {
            if case .dropped = viewer.yield(.text(frame)) { closeView(number) }
        }
    }

    func showServices(_ services: JSON) {
        self.services = services
        show(["type": "services", "services": services])
    }

    func showPresence() {
        guard !viewers.isEmpty else { return }
        show(["type": "people", "people": people])
    }

    func showCommands() {
        show(["type": "commands", "commands": shownCommands])
    }

    /// What the bots have registered for everywhere.
    private var shownCommands: JSON {
        .array(
            chat.members.filter(\.isBot).flatMap { bot in
                (commands["\(bot.id)"] ?? []).map { $0.adding(["bot": .string(bot.name)]) }
            })
    }

    /// A transcript entry and what only the page wants.
    func pageEntry(_ message: Message) -> JSON {
        chat.transcriptEntry(message).adding([
            "at": .integer(message.at), "thinking": .bool(message.isLoading),
            "used_by": message.interaction.flatMap { chat.users[$0.user] }.map { .string($0.name) } ?? nil,
        ])
    }

    private var people: JSON {
        .array(
            chat.members.map { user in
                [
                    "id": user.id.json, "name": .string(user.name), "bot": .bool(user.isBot),
                    "main": .bool(user.id == chat.mainBot),
                    "connected": .bool(user.isBot && isConnected(user.id)),
                ]
            })
    }

    private var snapshot: JSON {
        let channels = chat.channels.values.sorted { $0.id < $1.id }.map { JSON.string($0.name) }
        return [
            "type": "snapshot", "people": people, "commands": shownCommands, "channels": .array(channels), "services": services,
            "messages": .array(chat.messages.suffix(LocalGateway.pageLength).map { pageEntry($0) }),
        ]
    }
}
