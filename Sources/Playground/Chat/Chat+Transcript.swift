/// The chat in the lab's words: what `GET /lab/transcript` and the page show.
extension Chat {
    /// One message as the transcript has it.
    func transcriptEntry(_ message: Message) -> JSON {
        [
            "id": message.id.json, "channel": .string(channels[message.channel]?.name ?? "unknown"),
            "author": .string(users[message.author]?.name ?? "unknown"),
            "bot": .bool(users[message.author]?.isBot ?? false), "content": .string(message.content),
            "embeds": .array(message.embeds), "components": .array(message.components),
            "reply_to": message.replyTo?.json ?? nil, "ephemeral": .bool(message.isEphemeral),
            "edited": .bool(message.editedAt != nil),
        ]
    }

    /// All messages, oldest first.
    var transcript: JSON { .array(messages.map { transcriptEntry($0) }) }
}
