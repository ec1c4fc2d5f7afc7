import Clocks
public import Discord
public import DiscordClient
import HTTP
public import Logging
import Replies
import Synchronization
import Timing

/// Discord as a place where people ask: what comes in becomes a `Question`, what goes out a message that Discord accepts.
public final class DiscordChat: GatewayListener {
    /// Answers being written or waiting for their turn; a question beyond them is dropped and counted.
    static let mostAnswers = 2_000
    /// How long an answer may wait for its turn: a later one is worth nothing.
    static let patience = Duration.seconds(180)
    /// Of the messages that were answered, so many are known to the next process.
    static let answersKept = 4_096

    /// The bot's own id, zero until it is known. Read for every message, so without a lock.
    private let bot = Atomic<UInt64>(0)
    private let isLetIn = Atomic(false)
    /// Touched only for messages that are answered.
    private let answers = Mutex(Answers())

    private struct Answers {
        var underWay = 0
        var dropped = 0
        /// What was taken up, by this process or an earlier one.
        var taken = SeenIDs()
        /// What was answered, or will not be.
        var finished = SeenIDs()
        /// Who waits for the last of them.
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let responders: Replaceable<Responder>
    private let manners: Replaceable<MannersByChat>
    /// What the operator has set.
    let usual: MannersByChat
    private let lively = LivelyPlaces()
    let clock = MonotonicClock()
    let interactions: Interactions
    let log: Logger
    let rest: REST
    let choiceID: ChoiceID
    /// Touched only when something is answered or changes.
    let posted = Mutex(PostedAnswers<PostedPlace>())
    /// Channels in which the bot may not speak, whose askers know. Of too many all are forgotten.
    let silent = Mutex<Set<Snowflake>>([])
    static let mostSilent = 4_096
    /// Who is being told something, by subscription.
    let beingTold = Mutex<Set<String>>([])
    /// One changes the manners of chats at a time.
    private let settling = Mutex(())
    private let onReady: @Sendable () -> Void

    /// A chat whose questions `responder` answers through `rest`.
    ///
    /// - Parameters:
    ///   - manners: how it behaves in which server and channel.
    ///   - seal: signs what buttons carry.
    ///   - onReady: told once, when Discord has let the bot in for the first time.
    public init(
        responder: Responder, manners: MannersByChat, seal: Seal, rest: REST, log: Logger,
        onReady: @escaping @Sendable () -> Void = {}
    ) {
        self.onReady = onReady
        self.manners = Replaceable(manners)
        usual = manners
        choiceID = ChoiceID(seal: seal)
        responders = Replaceable(responder)
        self.rest = rest
        self.log = log
        interactions = Interactions(rest: rest, log: log)
    }

    var responder: Responder { responders.value }

    /// Has questions from now on answered by another one.
    func answer(with responder: Responder) {
        responders.replace(with: responder)
    }

    /// Behaves otherwise from now on: somebody has changed what holds for their server.
    func takeUpSettings() {
        settling.withLock { _ in manners.replace(with: usual.with(responder.book.settings)) }
    }

    /// Goes on where an earlier process stopped: what a resumed session has missed comes before anything says who the bot is, and what
    /// was answered then may come again.
    public func goOn(from saved: SavedSessions) {
        if let session = saved.sessions.first { bot.store(session.botID.rawValue, ordering: .relaxed) }
        let answered = saved.answered
        answers.withLock { answers in
            for id in answered {
                _ = answers.taken.insert(id)
                _ = answers.finished.insert(id)
            }
        }
    }

    /// The messages that need no answer any more, the newest last.
    public var answered: [Snowflake] {
        answers.withLock { $0.finished.newest(Self.answersKept) }
    }

    public func wants(_ message: ScannedMessage) -> Bool {
        let bot = Snowflake(rawValue: bot.load(ordering: .relaxed))
        guard bot.rawValue != 0, !message.isAutomatic, message.author != bot else { return false }
        guard message.type.map(Message.isSaidByPeople) ?? true else { return false }
        if message.isDirect || message.answersMessage || message.mentions(bot) { return true }
        return responder.mayConcern(
            message.content, manners.value.manners(in: message.channel.rawValue, of: message.guild?.rawValue),
            isTalkingOfOne: lively.contains(message.channel.rawValue, at: clock.now))
    }

    /// How the bot behaves in a channel; nil for as usual.
    func manners(in channel: Snowflake?, of guild: Snowflake?) -> Manners? {
        manners.value.manners(in: channel?.rawValue, of: guild?.rawValue)
    }

    public func hear(_ event: GatewayEvent, _ receipt: EventReceipt) -> Bool {
        switch event {
        case .ready(let ready): letIn(as: ready.botID)
        case .resumed: letIn(as: receipt.bot)
        case .messageCreated(let message): return hear(message, receipt)
        case .interactionCreated(let interaction): return hear(interaction, receipt)
        case .guildCreated, .other: break
        case .undecodable(let name): log.warning("an event could not be read", metadata: ["event": "\(name)"])
        }
        return false
    }

    /// Waits for answers that are on their way, at most for `patience`. For one caller, at the end.
    public func finishAnswers(patience: Duration) async {
        await withCheckedContinuation { continuation in
            let isIdle = answers.withLock { answers in
                if answers.underWay > 0 { answers.waiting = continuation }
                return answers.underWay == 0
            }
            guard !isIdle else { return continuation.resume() }
            Task {
                try? await Task.sleep(for: patience)
                stopWaiting()
            }
        }
    }

    private func stopWaiting() {
        answers.withLock { answers in
            defer { answers.waiting = nil }
            return answers.waiting
        }?.resume()
    }

    private func letIn(as bot: Snowflake) {
        self.bot.store(bot.rawValue, ordering: .relaxed)
        if !isLetIn.exchange(true, ordering: .relaxed) { onReady() }
    }

    private func hear(_ message: Message, _ receipt: EventReceipt) -> Bool {
        let bot = Snowflake(rawValue: bot.load(ordering: .relaxed))
        guard bot.rawValue != 0, message.mayBeAnswered(by: bot),
            case .said(let text) = message.words(for: bot, reading: receipt.intents)
        else { return false }
        let question = Question(
            id: "\(message.id)",
            place: "\(message.channelID)",
            community: message.guildID.map { "\($0)" },
            person: "\(message.author.id)",
            text: text,
            isAddressed: message.isAddressed(to: bot),
            answersTo: message.referenced?.content,
            answersBot: message.referenced?.authorID == bot
        )
        guard let answer = responder.consider(question, manners(in: message.channelID, of: message.guildID)), take(message.id)
        else { return false }
        Task {
            if await self.answer(message, with: answer) {
                finished(message.id)
                receipt.settle()
            } else {
                finished(nil)
            }
        }
        return true
    }

    /// Makes a message or an interaction ours to answer; false where it is already, or where there is no room.
    func take(_ message: Snowflake) -> Bool {
        enum Outcome { case taken, known, dropped(Int) }
        let outcome = answers.withLock { answers -> Outcome in
            guard answers.underWay < Self.mostAnswers else {
                answers.dropped += 1
                return .dropped(answers.dropped)
            }
            guard answers.taken.insert(message) else { return .known }
            answers.underWay += 1
            return .taken
        }
        switch outcome {
        case .taken: return true
        case .known: return false
        case .dropped(let count):
            log.warning("too many questions at once: one was dropped", metadata: ["dropped in all": "\(count)"])
            return false
        }
    }

    /// An answer that was under way is no longer; with an identifier it need not be given again.
    func finished(_ message: Snowflake?) {
        let isIdle = answers.withLock { answers in
            if let message { _ = answers.finished.insert(message) }
            answers.underWay -= 1
            return answers.underWay == 0
        }
        if isIdle { stopWaiting() }
    }

    /// The message for a reply; nil where there is nothing to say.
    ///
    /// - Parameter permissions: what the bot may do there, where that is known: where it may put up boxes, all but the first paragraph
    ///   stands in one. The same stands in the text otherwise.
    func content(_ reply: Reply, language: String, with permissions: UInt64?) -> MessageContent? {
        var content = MessageContent(paragraphs: reply.paragraphs)
        if let permissions, permissions & (Self.embedLinks | Self.administrator) != 0, reply.hasHeadline,
            reply.paragraphs.count > 1,
            let card = MessageCard(paragraphs: Array(reply.paragraphs.dropFirst()), color: reply.tone.color)
        {
            content = MessageContent(paragraphs: Array(reply.paragraphs.prefix(1)))
            content?.card = card
        }
        let choices = reply.choices.compactMap { choice in
            choiceID.text(choice.action).flatMap {
                MessageChoices.Choice(label: choice.label, id: $0, style: choice.weight.style)
            }
        }
        content?.choices = MessageChoices(choices, prompt: responder.prompt(language: language))
        return content
    }

    private static let embedLinks: UInt64 = 1 << 14
    private static let administrator: UInt64 = 1 << 3

    /// Answers a message. False where the process was faster to its end, so that the next one has to.
    private func answer(_ message: Message, with answer: Responder.Answer) async -> Bool {
        guard let said = await responder.said(answer), let content = content(said.reply, language: answer.language, with: nil)
        else {
            return true
        }
        if answer.service != nil {
            lively.note(message.channelID.rawValue, until: clock.now.advanced(by: RecentAnswers.attention))
        }
        let nonce = Nonce(source: message.id, purpose: .answer)
        do throws(RESTError) {
            let created = try await send(content, to: message, nonce: nonce)
            if let subject = said.subject, let posted = Message(decoding: created.body) {
                await note(
                    subject, at: PostedPlace(message: .posted(posted.id, message.channelID)), in: "\(message.channelID)",
                    language: answer.language)
            }
        } catch .closed, .cancelled {
            return false
        } catch {
            log.warning("an answer was not delivered", metadata: ["channel": "\(message.channelID)", "why": "\(error)"])
            await explain(message, error)
        }
        return true
    }
}

extension DiscordChat {
    /// Sends an answer as a reply; where the bot may not read what was said before, which a reply needs, as a message by itself.
    private func send(_ content: MessageContent, to message: Message, nonce: Nonce) async throws(RESTError) -> HTTPResponse {
        do throws(RESTError) {
            let request = RESTRequest.createMessage(in: message.channelID, content, replyingTo: message.id, nonce: nonce)
            return try await rest.send(request, patience: Self.patience)
        } catch {
            guard error.code == ErrorCode.cannotReplyWithoutHistory else { throw error }
            return try await rest.send(.createMessage(in: message.channelID, content, nonce: nonce), patience: Self.patience)
        }
    }
}

extension Reply.Tone {
    /// For those who can see it; the words say the same.
    fileprivate var color: Int {
        switch self {
        case .good: 0x2E_8B57
        case .uneasy: 0xC7_8A00
        case .bad: 0xC0_392B
        case .unsure: 0x60_7D8B
        case .neutral: 0x4F_5D95
        }
    }
}

extension Reply.Choice.Weight {
    fileprivate var style: MessageChoices.Choice.Style {
        switch self {
        case .plain: .secondary
        case .main: .primary
        case .grave: .danger
        }
    }
}
