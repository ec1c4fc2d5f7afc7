public import Discord
public import DiscordClient
public import LocalWeb
public import StatusPage

/// What `isitdown doctor` found out. What follows from it is in `findings`.
///
/// Nothing in it is secret, so that all of it may be shown.
public struct Checkup: Equatable, Sendable {
    /// What came of a question to Discord.
    public enum Answer<Value: Equatable & Sendable>: Equatable, Sendable {
        case value(Value)
        case refused(status: Int)
        /// No answer, or none that could be read.
        case missing(why: String)
        /// There was no sense in asking.
        case notAsked
    }

    public enum Token: Equatable, Sendable {
        /// The bot that its first part names; nil for one that is shaped otherwise.
        case held(Snowflake?)
        case unusable(message: String, remedy: String)
    }

    /// How far a connection came.
    public struct Reach: Equatable, Sendable {
        public var host: String
        public var port: Int
        public var isSecure: Bool
        public var time: Duration
        public var failure: String?

        public init(host: String, port: Int, isSecure: Bool, time: Duration, failure: String? = nil) {
            self.host = host
            self.port = port
            self.isSecure = isSecure
            self.time = time
            self.failure = failure
        }
    }

    /// The folder for what outlives a restart.
    public enum StateFolder: Equatable, Sendable {
        /// `files.state` is none, or there is no place for one.
        case unused
        /// Not made yet.
        case absent(String)
        case unwritable(String)
        case present(String, isWritableByOthers: Bool, SessionFile.Look)
    }

    /// What a bot that runs on this machine says of itself.
    public enum Running: Equatable, Sendable {
        case notConfigured
        case silent(ListenAddress)
        /// Something answers, but not as this version's bot does.
        case strange(ListenAddress)
        case answered(HealthReport)
    }

    /// What the settings, the catalogue and the texts hold, in numbers.
    public var summary = ""
    public var token = Token.held(nil)
    public var user = Answer<Snowflake>.notAsked
    public var application = Answer<CurrentApplication>.notAsked
    public var gateway = Answer<GatewayBot>.notAsked
    /// How the slash commands that Discord has differ from ours.
    public var commands = Answer<CommandDifference>.notAsked
    public var guilds = Answer<[GuildMembership]>.notAsked
    public var wantsMessageContent = true
    /// As the settings have it; nil for as many as Discord recommends.
    public var shards: Int?
    /// To the REST host and to the gateway's.
    public var reaches: [Reach] = []
    /// How far our clock is ahead of Discord's; nil where Discord did not tell the time.
    public var clockLead: Duration?
    public var state = StateFolder.unused
    public var running = Running.notConfigured

    public init() {}
}
