public import Discord
public import Timing

/// How a running bot is, as `/healthz` and `/readyz` tell it: what the gateways and the HTTP side say of themselves, and no name, text or
/// secret.
///
/// Keys without a value are there, as null, so that a monitoring program need not tell "no" from "not said".
public struct HealthReport: Equatable, Codable, Sendable {
    /// How one gateway connection is.
    public struct Shard: Equatable, Codable, Sendable {
        public var shard: Int
        public var phase: String
        public var secondsInPhase: Double
        public var heartbeatMilliseconds: Double?
        public var secondsSinceAcknowledgement: Double?
        public var identifies: Int
        public var resumes: Int
        /// The code of the last close; 0 for a connection that went without one.
        public var lastClose: Int?
    }

    /// How the looking at services goes.
    public struct Watch: Equatable, Codable, Sendable {
        /// Whether the bot itself is online: undecided, online, blind or returning.
        public var connectivity: String
        public var services: Int
        public var checks: Int
        public var incidents: Int
        public var inFlight: Int
        /// Words of feeds that nobody knew, so far: each is somebody's chance to teach the bot.
        public var unknownWords: Int
        /// How many rounds began so late after they were due, each group by its upper bound, the last one without.
        public var rounds: [String: Int]

        public init(
            connectivity: String,
            services: Int,
            checks: Int,
            incidents: Int,
            inFlight: Int,
            unknownWords: Int,
            rounds: [String: Int]
        ) {
            self.connectivity = connectivity
            self.services = services
            self.checks = checks
            self.incidents = incidents
            self.inFlight = inFlight
            self.unknownWords = unknownWords
            self.rounds = rounds
        }

        enum CodingKeys: String, CodingKey {
            case connectivity, services, checks, incidents, inFlight = "in_flight", unknownWords = "unknown_feed_words"
            case rounds = "rounds_late"
        }
    }

    /// Whether the threads that carry the connections take part in anything.
    public var answers: Bool
    /// ready, degraded, connecting or stopped.
    public var standing: String
    /// Discord shows no texts of messages that do not mention the bot.
    public var lacksPrivilegedIntents: Bool
    public var identifiesLeft: Int?
    /// Why Discord refused for good.
    public var refusal: String?
    public var shards: [Shard]
    public var rest: RESTHealth
    /// nil in the report of a version that did not tell it.
    public var watch: Watch?

    public init(_ gateway: GatewayHealth, rest: RESTHealth, watch: Watch? = nil, answers: Bool, at now: Instant) {
        self.watch = watch
        self.answers = answers
        standing = gateway.standing.rawValue
        lacksPrivilegedIntents = gateway.lacksPrivilegedIntents
        identifiesLeft = gateway.identifiesLeft
        refusal = gateway.refusal?.rawValue
        shards = gateway.shards.enumerated().map { Shard($0.offset, $0.element, at: now) }
        self.rest = rest
    }

    /// Whether the bot hears people.
    public var isReady: Bool {
        answers && (standing == GatewayHealth.Standing.ready.rawValue || isDegraded)
    }

    public var isDegraded: Bool {
        standing == GatewayHealth.Standing.degraded.rawValue
    }

    /// One sentence for whoever finds that it is not ready; nil when it is.
    public var reason: String? {
        if !answers { return "the bot's threads do not answer" }
        if isReady { return nil }
        if let refusal { return "Discord refused the bot for good: \(refusal)" }
        guard !shards.isEmpty else { return "the bot has not begun to connect" }
        return "\(shards.count { $0.phase == "ready" }) of \(shards.count) connections are ready"
    }
}

extension HealthReport.Shard {
    fileprivate init(_ shard: Int, _ health: GatewayHealth.ShardHealth, at now: Instant) {
        self.shard = shard
        phase = health.phase.rawValue
        secondsInPhase = health.since.duration(to: now).seconds.tenths
        heartbeatMilliseconds = health.latency?.milliseconds.tenths
        secondsSinceAcknowledgement = health.lastAcknowledged?.duration(to: now).seconds.tenths
        identifies = health.identifies
        resumes = health.resumes
        lastClose = health.lastClose.map(Int.init)
    }
}

extension Double {
    fileprivate var tenths: Double { (self * 10).rounded() / 10 }
}
