import Clocks
public import Discord
public import Logging
public import Timing

/// Answers interactions in time, each by an `InteractionExchange`.
public actor Interactions {
    /// The most that may be open. Beyond them an interaction is not begun: its person sees that the bot did not respond.
    public static let capacity = 1_000
    /// An answer in the channel, after its time, is worth less than one in time.
    private static let channelPatience = Duration.seconds(30)

    /// An exchange, and who waits for its end.
    private struct Open {
        var exchange: InteractionExchange
        let interaction: Interaction
        let ended: CheckedContinuation<InteractionExchange.Outcome, Never>
        var composing: Task<Void, Never>?
    }

    private let rest: REST
    private let log: Logger
    private let clock = MonotonicClock()
    private var open: [Snowflake: Open] = [:]
    private var alarm: Alarm?
    private var crowded = 0
    /// From the receipt of interactions to Discord's acknowledgement of their first answer.
    public private(set) var latencies = LatencyHistogram()

    public init(rest: REST, log: Logger) {
        self.rest = rest
        self.log = log
    }

    /// Answers a command, a button, a menu or a form with what `compose` finds to say, however long that takes; returns when the
    /// answer is there or lost.
    ///
    /// - Parameters:
    ///   - receivedAt: when the gateway received it, by `MonotonicClock`.
    ///   - isReplay: it came after a resumed session, and most likely is over.
    ///   - maySpeak: an answer that comes too late may be said in the channel, unless it is ephemeral.
    @discardableResult
    public func answer(
        _ interaction: Interaction,
        receivedAt: Instant,
        isReplay: Bool = false,
        as manner: InteractionExchange.Manner = .message(isEphemeral: false),
        maySpeak: Bool = true,
        compose: @escaping @Sendable () async -> InteractionExchange.Answer
    ) async -> InteractionExchange.Outcome {
        let exchange = InteractionExchange(
            interaction.kind,
            manner: manner,
            receivedAt: receivedAt,
            isReplay: isReplay,
            maySpeak: maySpeak && interaction.channelID != nil
        )
        return await run(exchange, interaction, compose: compose)
    }

    /// Answers with a message, seen by the person alone or by all others too.
    ///
    /// - Parameter compose: nil when there is nothing to say.
    @discardableResult
    public func answer(
        _ interaction: Interaction,
        receivedAt: Instant,
        isReplay: Bool = false,
        isEphemeral: Bool,
        maySpeak: Bool = true,
        compose: @escaping @Sendable () async -> MessageContent?
    ) async -> InteractionExchange.Outcome {
        let manner = InteractionExchange.Manner.message(isEphemeral: isEphemeral)
        return await answer(
            interaction, receivedAt: receivedAt, isReplay: isReplay, as: manner, maySpeak: maySpeak
        ) { await compose().map { .message($0) } ?? .nothing }
    }

    /// Offers choices for the option that is being typed. Those that come too late are dropped.
    @discardableResult
    public func complete(
        _ interaction: Interaction,
        receivedAt: Instant,
        compose: @escaping @Sendable () async -> [InteractionResponse.Choice]
    ) async -> InteractionExchange.Outcome {
        let exchange = InteractionExchange(.completion, manner: .message(isEphemeral: true), receivedAt: receivedAt)
        return await run(exchange, interaction) { .choices(await compose()) }
    }

    private func run(
        _ exchange: InteractionExchange, _ interaction: Interaction,
        compose: @escaping @Sendable () async -> InteractionExchange.Answer
    ) async -> InteractionExchange.Outcome {
        let id = interaction.id
        guard open[id] == nil else { return .lost(.repeated) }
        guard open.count < Self.capacity else {
            crowded += 1
            log.warning("too many interactions at once: one is not answered", metadata: ["lost in all": "\(crowded)"])
            return .lost(.crowded)
        }
        return await withCheckedContinuation { continuation in
            open[id] = Open(exchange: exchange, interaction: interaction, ended: continuation)
            step(id, .begin)
            open[id]?.composing = Task { [weak self] in
                let answer = await compose()
                await self?.step(id, .answer(answer))
            }
        }
    }

    private func step(_ id: Snowflake, _ input: InteractionExchange.Input) {
        for action in open[id]?.exchange.handle(input, at: clock.now) ?? [] {
            perform(action, for: id)
        }
        if alarm == nil {
            alarm = Alarm { [weak self] in await self?.tick() }
        }
        alarm?.set(open.values.compactMap(\.exchange.deadline).min())
    }

    private func tick() {
        let now = clock.now
        for (id, _) in open.filter({ $0.value.exchange.deadline.map { $0 <= now } ?? false }) {
            step(id, .tick)
        }
    }

    private func perform(_ action: InteractionExchange.Action, for id: Snowflake) {
        guard let interaction = open[id]?.interaction else { return }
        let (application, token) = (interaction.applicationID, interaction.token)
        switch action {
        case .respond(let response, let until, let isFinal):
            acknowledge(id, .respond(to: id, token, with: response, isFinal: isFinal), until: until)
        case .editOriginal(let content): deliver(id, .editOriginalResponse(of: application, token, content))
        case .followUp(let content, let isEphemeral):
            deliver(id, .followUp(of: application, token, content, isEphemeral: isEphemeral))
        case .deleteOriginal: deliver(id, .deleteOriginalResponse(of: application, token))
        case .sendInChannel(let content):
            guard let channel = interaction.channelID else { return end(id, .lost(.tooLate)) }
            let nonce = Nonce(source: id, purpose: .answer)
            deliver(id, .createMessage(in: channel, content, nonce: nonce), priority: .reply)
        case .report(.acknowledged(let latency)): latencies.record(latency)
        case .done(let outcome): end(id, outcome)
        }
    }

    private func acknowledge(_ id: Snowflake, _ request: RESTRequest, until: Instant) {
        Task {
            let ending = await rest.ending(of: request, priority: .interaction, until: until)
            switch ending.result {
            case .success: step(id, .acknowledged)
            case .failure(let error): step(id, .notAcknowledged(code: error.code, mayBeDone: ending.mayBeDone))
            }
        }
    }

    private func deliver(_ id: Snowflake, _ request: RESTRequest, priority: RateLimiter.Priority = .interaction) {
        Task {
            let until = clock.now.advanced(by: Self.channelPatience)
            let ending = await rest.ending(of: request, priority: priority, until: until)
            switch ending.result {
            case .success: step(id, .delivered)
            case .failure(let error): step(id, .notDelivered(code: error.code))
            }
        }
    }

    private func end(_ id: Snowflake, _ outcome: InteractionExchange.Outcome) {
        guard let ended = open.removeValue(forKey: id) else { return }
        ended.composing?.cancel()
        if case .lost(let loss) = outcome {
            log.info("an interaction's answer was lost", metadata: ["interaction": "\(id)", "why": "\(loss)"])
        }
        ended.ended.resume(returning: outcome)
    }
}
