/// One setting an operator can change: its key in the file, and what it means.
///
/// The table below is the whole of them: it decides which keys are known, what the environment variables are called, and what
/// `isitdown run --help` explains.
struct Setting: Sendable {
    /// Dotted, as nested keys of the file: `discord.api`.
    let key: String
    /// One line for the help text.
    let meaning: String
    /// Whether it may stand only in the environment, never in a file that gets copied about.
    var isSecret = false
    /// Written as a list in the file, and parted by commas in the environment.
    var isList = false

    /// The environment variable that overrides the file: `ISITDOWN_DISCORD_API`.
    var variable: String {
        "ISITDOWN_" + key.replacing(".", with: "_").uppercased()
    }

    static let all: [Setting] = [
        Setting(key: "discord.token", meaning: "the bot's token, only in the environment", isSecret: true),
        Setting(key: "discord.token_file", meaning: "a file that holds the token and nothing else"),
        Setting(key: "discord.api", meaning: "base of the REST API (https://discord.com/api/v10)"),
        Setting(key: "discord.message_content", meaning: "ask for the message content intent (true)"),
        Setting(key: "discord.shards", meaning: "connections to spread the bot's servers over (as many as Discord recommends)"),
        Setting(key: "discord.loops", meaning: "threads that carry the connections (1)"),
        Setting(key: "discord.compression", meaning: "zstd-stream, zlib-stream or none (zstd-stream)"),
        Setting(key: "chat.default_service", meaning: "the service meant when a question names none"),
        Setting(key: "chat.answer_unaddressed", meaning: "answer questions that do not mention the bot (true)"),
        Setting(
            key: "chat.certainty",
            meaning: "how sure of a question to be before answering one that does not mention the bot (0.85)"),
        Setting(key: "chat.language", meaning: "the language of answers when it cannot be told (en)"),
        Setting(key: "monitor.interval", meaning: "time between two looks at a healthy service (60s)"),
        Setting(key: "monitor.unsure_interval", meaning: "time between two looks while unsure (10s)"),
        Setting(key: "monitor.timeout", meaning: "how long one probe may take (10s)"),
        Setting(key: "monitor.at_once", meaning: "probes that may run at the same time (32)"),
        Setting(key: "monitor.feeds", meaning: "ask the providers' status feeds (true)"),
        Setting(
            key: "monitor.resolvers",
            meaning:
                "list of DNS-over-HTTPS resolvers, at most 4, asked when the system's finds nothing, or none (1.1.1.1, 8.8.8.8)",
            isList: true),
        Setting(key: "monitor.canaries", meaning: "list of unrelated targets that show whether we are online", isList: true),
        Setting(key: "network.certificate_authority", meaning: "PEM file to trust instead of the system's authorities"),
        Setting(key: "network.redirections", meaning: "list of host:port=host:port to dial elsewhere", isList: true),
        Setting(key: "files.services", meaning: "folder of the service catalogue (deploy/services)"),
        Setting(key: "files.responses", meaning: "folder of the texts (Responses)"),
        Setting(key: "files.state", meaning: "folder for what outlives a restart (~/.local/state/isitdown); none keeps nothing"),
        Setting(key: "files.journal", meaning: "file to record evidence in, for isitdown replay (none)"),
        Setting(key: "health.listen", meaning: "address to serve /healthz and /readyz on, such as 127.0.0.1:9187 (none)"),
        Setting(key: "log.level", meaning: "trace, debug, info, notice, warning, error or critical (info)"),
    ]

    static let allKeys = all.map(\.key)

    /// What a single server or channel may have otherwise: the section of the file, of its id, and the keys below it.
    static let chats = "chats"
    static let keysOfChat = ["default_service", "answer_unaddressed", "certainty", "language"]

    /// Variables with our prefix that are no settings: where the files are, and what concerns the local Discord.
    static let otherVariables: Set<String> = [
        "ISITDOWN_ROOT", "ISITDOWN_CONFIG", "ISITDOWN_PLAYGROUND_TOKEN", "ISITDOWN_PLAYGROUND_CAPTURE",
    ]
}

extension Configuration {
    /// A line a setting: its key and what it means, for the help text.
    public static var explained: String {
        (Setting.all.map { "  \($0.key): \($0.meaning)" } + [
            "  \(Setting.chats).ID: of one server or channel, in the file only: \(Setting.keysOfChat.joined(separator: ", "))"
        ]).joined(separator: "\n")
    }
}
