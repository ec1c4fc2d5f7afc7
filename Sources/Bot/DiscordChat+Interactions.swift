import Discord
import DiscordClient
import Logging
import Replies

/// Slash commands as questions: what is asked by a command is answered as if it had been said to the bot.
extension DiscordChat {
    /// Takes up an interaction; false where there is nothing to answer.
    func hear(_ interaction: Interaction, _ receipt: EventReceipt) -> Bool {
        switch interaction.kind {
        case .command: break
        // The bot has put up no buttons and forms yet; nobody can use what is not there.
        case .component, .completion, .form, .other: return false
        }
        let manners = manners(in: interaction.channelID, of: interaction.guildID)
        guard let answer = responder.consider(question(interaction), manners), take(interaction.id) else { return false }
        Task {
            let outcome = await interactions.answer(interaction, receivedAt: receipt.receivedAt, isReplay: receipt.isReplay) {
                [self] in
                await reply(answer, in: interaction.channelID).flatMap { MessageContent(paragraphs: $0.paragraphs) }
            }
            if case .lost(let why) = outcome {
                log.warning("an interaction was not answered", metadata: ["why": "\(why)"])
            }
            finished(interaction.id)
            receipt.settle()
        }
        return true
    }

    /// What was typed into the command's options; a command without any asks what the bot can do.
    private func question(_ interaction: Interaction) -> Question {
        let words = interaction.options.map(\.value).filter { !$0.isEmpty }
        return Question(
            id: "\(interaction.id)",
            place: interaction.channelID.map { "\($0)" } ?? "",
            community: interaction.guildID.map { "\($0)" },
            person: interaction.userID.map { "\($0)" } ?? "",
            text: words.isEmpty ? interaction.command ?? "" : words.joined(separator: " "),
            isAddressed: true
        )
    }
}
