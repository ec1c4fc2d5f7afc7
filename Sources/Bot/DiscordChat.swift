public import Discord
public import DiscordClient
public import Logging
import Replies
import Synchronization

/// Discord as a place where people ask: what comes in becomes a `Question`, what goes out a message that Discord accepts.
public final class DiscordChat: Sendable {
    /// Answers being written at once; a question beyond them is dropped and counted.
    static let mostAnswers = 64

    /// The bot's own id, zero until the first `READY`. Read for every message, so without a lock.
    private let bot = Atomic<UInt64>(0)
    /// Touched only for messages that are answered.
    private let answers = Mutex(Answers())

    private struct Answers {
        var underWay = 0
        var dropped = 0
        /// Who waits for the last of them.
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let responder: Responder
    private let rest: REST
    private let intents: GatewayIntents
    private let log: Logger
    private let onReady: @Sendable () -> Void

    /// A chat whose questions `responder` answers through `rest`.
    ///
    /// - Parameters:
    ///   - intents: what was asked of the gateway, which decides whether an empty text is one.
    ///   - onReady: told once, when Discord has let the bot in for the first time.
    public init(
        responder: Responder,
        rest: REST,
        intents: GatewayIntents,
        log: Logger,
        onReady: @escaping @Sendable () -> Void = {}
    ) {
        self.onReady = onReady
        self.responder = responder
        self.rest = rest
        self.intents = intents
        self.log = log
    }

    /// Takes an event of the gateway. It never waits: what is not for us ends here, what is goes on beside.
    public func hear(_ event: GatewayEvent) {
        switch event {
        case .ready(let ready): letIn(as: ready.botID)
        case .messageCreated(let message): hear(message)
        case .resumed, .interactionCreated, .guildCreated, .other: break
        case .undecodable(let name): log.warning("an event could not be read", metadata: ["event": "\(name)"])
        }
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
        if self.bot.exchange(bot.rawValue, ordering: .relaxed) == 0 { onReady() }
    }

    private func hear(_ message: Message) {
        let bot = Snowflake(rawValue: bot.load(ordering: .relaxed))
        guard bot.rawValue != 0, message.mayBeAnswered(by: bot), case .said(let text) = message.words(for: bot, reading: intents)
        else { return }
        let question = Question(
            id: "\(message.id)",
            place: "\(message.channelID)",
            person: "\(message.author.id)",
            text: text,
            isAddressed: message.isAddressed(to: bot),
            answersTo: message.referenced?.content,
            answersBot: message.referenced?.authorID == bot
        )
        guard let answer = responder.consider(question), hasRoom() else { return }
        Task {
            await self.answer(message, with: answer)
            finished()
        }
    }

    private func hasRoom() -> Bool {
        let dropped = answers.withLock { answers -> Int? in
            guard answers.underWay < Self.mostAnswers else {
                answers.dropped += 1
                return answers.dropped
            }
            answers.underWay += 1
            return nil
        }
        guard let dropped else { return true }
        log.warning("too many questions at once: one was dropped", metadata: ["dropped in all": "\(dropped)"])
        return false
    }

    private func finished() {
        let isIdle = answers.withLock { answers in
            answers.underWay -= 1
            return answers.underWay == 0
        }
        if isIdle { stopWaiting() }
    }

    private func answer(_ message: Message, with answer: Responder.Answer) async {
        let reply = await responder.reply(answer)
        guard let content = MessageContent(paragraphs: reply.paragraphs) else { return }
        let nonce = Nonce(source: message.id, purpose: .answer)
        let request = RESTRequest.createMessage(in: message.channelID, content, replyingTo: message.id, nonce: nonce)
        do throws(RESTError) {
            _ = try await rest.send(request)
        } catch {
            log.warning("an answer was not delivered", metadata: ["channel": "\(message.channelID)", "why": "\(error)"])
        }
    }
}
