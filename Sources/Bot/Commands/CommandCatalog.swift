public import Discord
public import Replies
import Status

/// The commands as Discord shows them, in every language that has texts.
public struct CommandCatalog: Sendable {
    /// Of a service's name, in characters.
    static let longestService = 100

    /// The languages of Discord that a folder of `Responses/` speaks to (Discord's reference, Locales).
    private static let locales: [String: [String]] = [
        "es": ["es-ES", "es-419"], "pt": ["pt-BR"], "sv": ["sv-SE"], "zh": ["zh-CN", "zh-TW"],
    ]
    private static let known: Set<String> = [
        "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro",
        "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
    ]

    private let catalog: ResponseCatalog

    public init(_ catalog: ResponseCatalog) {
        self.catalog = catalog
    }

    /// All of them, in the order in which `/help` knows them.
    public var commands: [ApplicationCommand] {
        [
            slash("isdown", [service(isRequired: true)]),
            slash("fix", [service(), symptom, device]),
            slash("status"),
            slash("history", [service(isRequired: true)]),
            slash("report", [service(isRequired: true), what]),
            slash("watch", [service(isRequired: true)]),
            slash("unwatch", [service(isRequired: true)]),
            announce, settings,
            slash("explain", [topic]),
            slash("help"),
            ApplicationCommand(kind: .message, name: words("message name")),
        ]
    }

    private var announce: ApplicationCommand {
        let channel = option("channel", .channel)
        var command = slash(
            "announce",
            [
                option("announce add", .subcommand([service(isRequired: true), channel])),
                option("announce list", .subcommand([])),
                option("announce remove", .subcommand([service(isRequired: true), channel])),
            ])
        command.permissions = ApplicationCommand.manageGuild
        command.isForServersOnly = true
        return command
    }

    private var settings: ApplicationCommand {
        let languages = catalog.languages.map { language in
            ApplicationCommand.Choice(name: .init(catalog.name(ofLanguage: language)), value: language)
        }
        var command = slash(
            "settings",
            [
                option("default", .text(longest: Self.longestService, isCompleted: true)),
                option("language", .choice(languages)),
                option("talk", .choice(["never", "sure", "eager"].map { choice("talk \($0)", $0) })),
            ])
        command.permissions = ApplicationCommand.manageGuild
        command.isForServersOnly = true
        return command
    }

    private var what: ApplicationCommand.Option {
        option("what", .choice(["down", "up"].map { choice("what \($0)", $0) }), isRequired: true)
    }

    private var symptom: ApplicationCommand.Option {
        option("symptom", .choice(Symptom.allCases.map { choice($0.rawValue, $0.rawValue, file: "labels.md") }))
    }

    private var device: ApplicationCommand.Option {
        option("device", .choice(Platform.allCases.map { choice($0.rawValue, $0.rawValue, file: "labels.md") }))
    }

    private var topic: ApplicationCommand.Option {
        option(
            "topic", .choice(ExplainTopic.allCases.map { choice($0.rawValue, $0.rawValue, file: "labels.md") }), isRequired: true)
    }

    private func service(isRequired: Bool = false) -> ApplicationCommand.Option {
        option("service", .text(longest: Self.longestService, isCompleted: true), isRequired: isRequired)
    }

    private func slash(_ name: String, _ options: [ApplicationCommand.Option] = []) -> ApplicationCommand {
        ApplicationCommand(name: words("\(name) name"), about: words("\(name) about"), options: options)
    }

    private func option(
        _ name: String, _ kind: ApplicationCommand.Option.Kind, isRequired: Bool = false
    ) -> ApplicationCommand.Option {
        .init(name: words("\(name) name"), about: words("\(name) about"), kind: kind, isRequired: isRequired)
    }

    private func choice(_ section: String, _ value: String, file: String = "commands.md") -> ApplicationCommand.Choice {
        .init(name: words(section, file: file), value: value)
    }

    /// A text in English, and in every other language that has it.
    private func words(_ section: String, file: String = "commands.md") -> ApplicationCommand.Words {
        var localized: [String: String] = [:]
        for language in catalog.languages where language != ResponseCatalog.base {
            guard let text = catalog.plainText(file, section, in: language) else { continue }
            for locale in Self.locales(of: language) { localized[locale] = text }
        }
        return .init(catalog.plainText(file, section, in: ResponseCatalog.base) ?? section, localized: localized)
    }

    private static func locales(of language: String) -> [String] {
        let exact = known.filter { $0.lowercased() == language.lowercased() }
        return exact.isEmpty ? locales[language.lowercased()] ?? [] : Array(exact)
    }
}
