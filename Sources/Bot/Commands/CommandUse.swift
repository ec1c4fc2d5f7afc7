import Discord
import Replies
import Status

/// What somebody asks for by a command.
///
/// Values are what the user's client made of them: choices that are none, texts beyond their limits and options that are missing come as
/// well as any, and are taken for what they are.
enum CommandUse: Equatable {
    case isDown(String)
    case fix(String?, Symptom?, Platform?)
    case overview
    case history(String)
    case report(String, PersonalWord)
    case watch(String)
    case unwatch(String)
    case announce(String, channel: Snowflake?)
    /// In a channel that Discord does not know in this server.
    case announceNowhere
    case listAnnouncements
    case stopAnnouncing(String, channel: Snowflake?)
    case settings(service: String?, language: String?, talk: String?)
    case explain(ExplainTopic?)
    case help
    /// Of the menu of a message.
    case aboutMessage(Interaction.Target)
    case unknown

    init(_ interaction: Interaction) {
        if let target = interaction.target {
            self = .aboutMessage(target)
            return
        }
        let options = Dictionary(
            interaction.options.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }
        ).mapValues { String($0.prefix(CommandCatalog.longestService)) }
        func channel(_ name: String) -> Snowflake? { options[name].flatMap { UInt64($0) }.map { Snowflake(rawValue: $0) } }
        let service = options["service"] ?? ""
        switch interaction.command {
        case "isdown": self = .isDown(service)
        case "fix":
            self = .fix(
                options["service"], options["symptom"].flatMap { Symptom(rawValue: $0) },
                options["device"].flatMap { Platform(rawValue: $0) })
        case "status": self = .overview
        case "history": self = .history(service)
        case "report": self = .report(service, options["what"] == "up" ? .up : .down)
        case "watch": self = .watch(service)
        case "unwatch": self = .unwatch(service)
        case "announce":
            if options["add/channel"] != nil, channel("add/channel").map(interaction.channels.contains) != true {
                self = .announceNowhere
            } else if options["add"] != nil {
                self = .announce(options["add/service"] ?? "", channel: channel("add/channel"))
            } else if options["remove"] != nil {
                self = .stopAnnouncing(options["remove/service"] ?? "", channel: channel("remove/channel"))
            } else {
                self = .listAnnouncements
            }
        case "settings":
            self = .settings(service: options["default"], language: options["language"], talk: options["talk"])
        case "explain": self = .explain(options["topic"].flatMap { ExplainTopic(rawValue: $0) })
        case "help": self = .help
        default: self = .unknown
        }
    }

    /// Whether it may change how the bot behaves on a server.
    var changesSettings: Bool {
        if case .settings(let service, let language, let talk) = self {
            service != nil || language != nil || talk != nil
        } else {
            false
        }
    }

    /// Whether the answer is for the one who asks alone: what is about them, and what others have no use for.
    var isPrivate: Bool {
        switch self {
        case .isDown, .overview, .history, .explain, .aboutMessage: false
        case .fix, .report, .watch, .unwatch, .announce, .announceNowhere, .listAnnouncements, .stopAnnouncing, .settings, .help,
            .unknown:
            true
        }
    }
}
