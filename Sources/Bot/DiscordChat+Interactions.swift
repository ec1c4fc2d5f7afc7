import Discord
import DiscordClient
import Logging
import Replies

/// Slash commands as questions: what is asked by a command is answered as if it had been said to the bot.
extension DiscordChat {
    /// Takes up an interaction; false where there is nothing to answer.
    func hear(_ interaction: Interaction, _ receipt: EventReceipt) -> Bool {
        guard let answer = answer(to: interaction), take(interaction.id) else { return false }
        Task {
            let outcome = await interactions.answer(interaction, receivedAt: receipt.receivedAt, isReplay: receipt.isReplay) {
                [self] in
                await content(answer, in: interaction.channelID)
            }
            if case .lost(let why) = outcome {
                log.warning("an interaction was not answered", metadata: ["why": "\(why)"])
            }
            finished(interaction.id)
            receipt.settle()
        }
        return true
    }

    private func answer(to interaction: Interaction) -> Responder.Answer? {
        let manners = manners(in: interaction.channelID, of: interaction.guildID)
        switch interaction.kind {
        case .command: return responder.consider(question(interaction), manners)
        case .component:
            return interaction.chosen.flatMap {
                responder.answer(chosen: $0, by: question(interaction), language: manners?.language)
            }
        // The bot has put up no forms and completes nothing yet; nobody can use what is not there.
        case .completion, .form, .other: return nil
        }
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
