import Discord
import DiscordClient
import Logging
import Replies
import Schedules
import Status
import Synchronization

/// Commands, buttons, menus and forms.
extension DiscordChat {
    /// What is to be done about an interaction, decided before anything is waited for: who will see the answer cannot be changed later.
    private struct Plan {
        var manner: InteractionExchange.Manner
        var compose: @Sendable () async -> Outcome
    }

    /// Takes up an interaction; false where it is ours already, or cannot be.
    func hear(_ interaction: Interaction, _ receipt: EventReceipt) -> Bool {
        let visit = visit(interaction)
        if interaction.kind == .completion { return complete(interaction, visit, receipt) }
        guard let plan = plan(interaction, visit), take(interaction.id) else { return false }
        Task {
            let told = await answer(interaction, plan, visit, receipt)
            if case .lost(let why) = told {
                log.warning("an interaction was not answered", metadata: ["why": "\(why)"])
            }
            finished(interaction.id)
            receipt.settle()
        }
        return true
    }

    private func answer(
        _ interaction: Interaction, _ plan: Plan, _ visit: Visit, _ receipt: EventReceipt
    ) async -> InteractionExchange.Outcome {
        let said = Mutex<Outcome.Subject?>(nil)
        let told = await interactions.answer(
            interaction, receivedAt: receipt.receivedAt, isReplay: receipt.isReplay, as: plan.manner
        ) { [self] in
            switch await plan.compose() {
            case .form(let title, let label, let service):
                return form(title: title, label: label, about: service).map { .form($0) } ?? .nothing
            case .reply(let reply, let subject):
                guard let content = content(reply, language: visit.language, with: interaction.botPermissions) else {
                    return .nothing
                }
                said.withLock { $0 = subject }
                return .message(content)
            }
        }
        // Only what Discord has can be put right.
        if told == .answered, let subject = said.withLock({ $0 }) {
            await note(subject, of: interaction, as: plan.manner, visit)
        }
        return told
    }

    private func plan(_ interaction: Interaction, _ visit: Visit) -> Plan? {
        let person = InteractionExchange.Manner.message(isEphemeral: true)
        switch interaction.kind {
        case .command:
            let use = CommandUse(interaction)
            if let refusal = refusal(of: use, interaction, visit) {
                return Plan(manner: person) { .reply(refusal) }
            }
            return Plan(manner: .message(isEphemeral: use.isPrivate)) { [self] in
                let outcome = await responder.outcome(of: use, visit)
                if use.changesSettings { takeUpSettings() }
                return outcome
            }
        case .component:
            guard let action = interaction.chosen.flatMap(choiceID.read) else {
                return Plan(manner: person) { [responder] in .reply(responder.notice("refusals.md", "stale", nil, visit)) }
            }
            let manner: InteractionExchange.Manner =
                switch action.showing {
                case .everyone: .message(isEphemeral: false)
                case .person: person
                case .inPlace: .update
                }
            return Plan(manner: manner) { [responder] in await responder.outcome(of: action, visit) }
        case .form:
            guard let id = interaction.customID, case .describe(let service) = choiceID.read(id) else {
                return Plan(manner: person) { [responder] in .reply(responder.notice("refusals.md", "stale", nil, visit)) }
            }
            let words = interaction.texts[InteractionForm.field] ?? ""
            return Plan(manner: person) { [responder] in await responder.outcome(ofWords: words, about: service, visit) }
        case .completion, .other: return nil
        }
    }

    /// Why the bot could not do what is asked in the channel that is named, told to the one who asks.
    private func refusal(of use: CommandUse, _ interaction: Interaction, _ visit: Visit) -> Reply? {
        guard case .announce(_, let channel) = use, visit.mayManage else { return nil }
        let target = channel ?? interaction.channelID
        let allowed = channel.flatMap { interaction.channelPermissions[$0] } ?? interaction.botPermissions
        let needed: UInt64 = 1 << 10 | 1 << 11
        guard let target, let allowed, allowed & needed != needed, allowed & (1 << 3) == 0 else { return nil }
        return responder.notice("refusals.md", "cannot-speak", nil, visit, ["channel": "<#\(target)>"])
    }

    /// Of what comes again after a resumed session nobody waits for a completion. It takes no place among the answers: what comes too late is dropped by Discord.
    private func complete(_ interaction: Interaction, _ visit: Visit, _ receipt: EventReceipt) -> Bool {
        guard !receipt.isReplay else { return false }
        let typed = interaction.options.first(where: \.isFocused)?.value ?? ""
        Task {
            await interactions.complete(interaction, receivedAt: receipt.receivedAt) { [responder] in
                responder.offers(for: typed, visit).compactMap {
                    InteractionResponse.Choice(name: $0.name, value: $0.id.rawValue)
                }
            }
            receipt.settle()
        }
        return true
    }

    private func visit(_ interaction: Interaction) -> Visit {
        let manners = manners(in: interaction.channelID, of: interaction.guildID) ?? responder.manners
        let permissions = interaction.permissions ?? 0
        return Visit(
            person: interaction.userID.map { "\($0)" } ?? "",
            place: interaction.channelID.map { "\($0)" } ?? "",
            community: interaction.guildID.map { "\($0)" },
            language: responder.composer.catalog.nearest(to: interaction.locale ?? "") ?? manners.language,
            manners: manners,
            mayManage: permissions & (ApplicationCommand.manageGuild | 1 << 3) != 0,
            isMember: interaction.isInstalledInGuild,
            now: .now)
    }

    private func form(title: String, label: String, about service: ServiceID) -> InteractionForm? {
        choiceID.text(.describe(service)).flatMap { InteractionForm(id: $0, title: title, label: label) }
    }

    /// Remembers what everybody sees, to put it right when things change.
    private func note(
        _ subject: Outcome.Subject, of interaction: Interaction, as manner: InteractionExchange.Manner, _ visit: Visit
    ) async {
        let message: PostedPlace.Message
        switch manner {
        // A button's answer may have become a follow-up, of which nobody tells the name.
        case .message(isEphemeral: false) where interaction.kind == .component: return
        case .message(isEphemeral: false): message = .response(interaction.applicationID, interaction.token)
        case .update:
            // As a member the bot knows the message by its own name, and finds an earlier note of it.
            if let id = interaction.messageID, let channel = interaction.channelID, interaction.guildID != nil, visit.isMember {
                message = .posted(id, channel)
            } else {
                message = .response(interaction.applicationID, interaction.token)
            }
        case .message(isEphemeral: true): return
        }
        let place = PostedPlace(message: message, permissions: interaction.botPermissions)
        await note(subject, at: place, in: visit.place, language: visit.language)
    }
}
