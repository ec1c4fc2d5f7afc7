import Timing

/// Who may begin a session.
extension LocalGateway {
    func identify(_ identify: Identify, on number: Int) {
        counts.identifies += 1
        if isStruck(number, on: .identifying, where: { isMeant($0, for: identify) }) { return }
        guard let bot = tokens[identify.token] else { return feed(number, .refused(.authenticationFailed)) }
        if let refusal = refusal(of: identify) { return feed(number, .refused(refusal)) }
        switch spend(identify, of: bot) {
        case .granted: begin(identify, bot, on: number)
        case .tooEarly:
            note("gateway", "op 2: an IDENTIFY of the same key within \(settings.identifyPause.seconds) seconds")
            feed(number, .invalidSession(isResumable: false))
        case .exhausted:
            note("gateway", "op 2: more IDENTIFYs than a day has; the token is reset")
            resetToken(of: bot)
            feed(number, .refused(.authenticationFailed))
        }
    }

    private nonisolated func isMeant(_ fault: Fault, for identify: Identify) -> Bool {
        fault != .socket(.disallowedIntents) || !identify.intents.isDisjoint(with: .privileged)
    }

    private func refusal(of identify: Identify) -> GatewayCloseCode? {
        if identify.shardCount < settings.requiredShards { return .shardingRequired }
        return grants.allows(identify.intents) ? nil : .disallowedIntents
    }

    /// What a bot may still start.
    func budget(of bot: Snowflake) -> IdentifyBudget {
        if let known = budgets[bot] { return known }
        let terms = IdentifyBudget.Terms(
            total: settings.identifies, concurrency: max(1, settings.maxConcurrency), pause: settings.identifyPause)
        let dayEnds = Instant.origin.advanced(by: settings.resetAfter)
        return IdentifyBudget(terms: terms, remaining: settings.remainingIdentifies ?? settings.identifies, dayEnds: dayEnds)
    }

    private func spend(_ identify: Identify, of bot: Snowflake) -> IdentifyBudget.Verdict {
        var budget = budget(of: bot)
        defer { budgets[bot] = budget }
        return budget.identify(shard: identify.shard, at: now)
    }
}
