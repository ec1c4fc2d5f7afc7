extension HealthReport {
    enum CodingKeys: String, CodingKey {
        case answers, standing, lacksPrivilegedIntents = "lacks_privileged_intents", identifiesLeft = "identifies_left", refusal
        case shards, rest, watch
    }

    /// What follows from the others, for programs that only read.
    private enum DerivedKey: String, CodingKey {
        case degraded, reason
    }

    public func encode(to encoder: any Encoder) throws {
        var report = encoder.container(keyedBy: CodingKeys.self)
        try report.encode(answers, forKey: .answers)
        try report.encode(standing, forKey: .standing)
        try report.encode(lacksPrivilegedIntents, forKey: .lacksPrivilegedIntents)
        try report.encode(identifiesLeft, forKey: .identifiesLeft)
        try report.encode(refusal, forKey: .refusal)
        try report.encode(shards, forKey: .shards)
        try report.encode(rest, forKey: .rest)
        try report.encode(watch, forKey: .watch)
        var derived = encoder.container(keyedBy: DerivedKey.self)
        try derived.encode(isDegraded, forKey: .degraded)
        try derived.encode(reason, forKey: .reason)
    }
}

extension HealthReport.Shard {
    enum CodingKeys: String, CodingKey {
        case shard, phase, secondsInPhase = "seconds_in_phase", heartbeatMilliseconds = "heartbeat_ms"
        case secondsSinceAcknowledgement = "last_ack_seconds_ago", identifies, resumes, lastClose = "last_close"
    }

    public func encode(to encoder: any Encoder) throws {
        var report = encoder.container(keyedBy: CodingKeys.self)
        try report.encode(shard, forKey: .shard)
        try report.encode(phase, forKey: .phase)
        try report.encode(secondsInPhase, forKey: .secondsInPhase)
        try report.encode(heartbeatMilliseconds, forKey: .heartbeatMilliseconds)
        try report.encode(secondsSinceAcknowledgement, forKey: .secondsSinceAcknowledgement)
        try report.encode(identifies, forKey: .identifies)
        try report.encode(resumes, forKey: .resumes)
        try report.encode(lastClose, forKey: .lastClose)
    }
}
