extension Playground {
    /// How the local Discord treats bots. What is not said is as Discord has it.
    public struct DiscordSettings: Sendable {
        /// What HELLO asks for.
        public var heartbeatInterval = Duration.milliseconds(41_250)
        /// How long a session waits for its RESUME; Discord says “a few minutes”.
        public var sessionLife = Duration.seconds(180)
        /// What `GET /gateway/bot` recommends.
        public var shards = 1
        /// With fewer shards an IDENTIFY is closed with 4011.
        public var requiredShards = 1
        /// How many IDENTIFYs may be under way at once: keys are `shard id % maxConcurrency`.
        public var maxConcurrency = 1
        /// The time between two IDENTIFYs of one key.
        public var identifyPause = Duration.seconds(5)
        /// IDENTIFYs a day; one more ends all of the bot's sessions and its token.
        public var identifies = 1_000
        /// What is left of them at the start; nil for all.
        public var remainingIdentifies: Int?
        /// When the first day ends.
        public var resetAfter = Duration.seconds(86_400)
        /// How often `GET /gateway/bot` may be asked within five seconds.
        public var gatewayBotLimit = 2
        /// How often every other route may be asked within five seconds, for each channel, guild or interaction apart.
        public var routeLimit = 30
        /// Answers of 401, 403 and 429 within ten minutes after which nothing but the ban page comes.
        public var invalidRequestLimit = 10_000
        /// How many guilds the bots are in; their ids fall on all shards.
        public var guilds = 1
        /// Whether bots may have MESSAGE_CONTENT; `PUT /lab/intents` changes it later.
        public var grantsMessageContent = true
        /// What `GET /gateway/bot` and READY name instead of the playground's own address, for a TLS front.
        public var gatewayURL: String?
        /// The main bot's token, so that it outlives this process; nil for one that nobody can guess.
        public var token: String?

        public init() {}
    }
}
