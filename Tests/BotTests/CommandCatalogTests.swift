import Discord
import Foundation
import Replies
import Status
import Testing

@testable import Bot

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
private let shipped = Result {
    try Installation.located(environment: ["ISITDOWN_ROOT": root.path(percentEncoded: false)]).responses(Configuration())
}

@Suite("The commands")
struct CommandCatalogTests {
    private let commands: [ApplicationCommand]

    init() throws {
        commands = CommandCatalog(try shipped.get()).commands
    }

    private func everyOption(_ options: [ApplicationCommand.Option]) -> [ApplicationCommand.Option] {
        options.flatMap { option in
            if case .subcommand(let inner) = option.kind { [option] + everyOption(inner) } else { [option] }
        }
    }

    @Test("are those that the bot knows, by their English names")
    func names() {
        let names = commands.filter { $0.kind == .slash }.map(\.name.text)
        #expect(
            names == [
                "isdown", "fix", "status", "history", "report", "watch", "unwatch", "announce", "settings", "explain", "help",
            ])
        for name in names where name != "announce" {
            let used = Interaction(
                id: 1, applicationID: 2, kind: .command, token: Secret("t"), command: name,
                options: [.init(name: "service", value: "kik")])
            #expect(CommandUse(used) != .unknown, "\(name)")
        }
    }

    @Test("keep Discord's limits in every language")
    func limits() {
        var characters = 0
        for command in commands {
            let options = everyOption(command.options)
            for name in [command.name] + options.map(\.name) {
                for text in [name.text] + name.localized.values {
                    #expect((1...32).contains(text.count))
                    if command.kind == .slash { #expect(text == text.lowercased() && !text.contains(" "), "\(text)") }
                }
            }
            for about in (command.kind == .slash ? [command.about] : []) + options.map(\.about) {
                for text in [about.text] + about.localized.values { #expect((1...100).contains(text.count), "\(text)") }
            }
            for case .choice(let choices) in options.map(\.kind) {
                #expect((1...25).contains(choices.count))
                for choice in choices {
                    #expect(([choice.name.text] + choice.name.localized.values).allSatisfy { (1...100).contains($0.count) })
                }
            }
            #expect(options.count <= 25)
            let longest = ([command.name, command.about] + options.flatMap { [$0.name, $0.about] }).map { words in
                ([words.text] + words.localized.values).map(\.count).max() ?? 0
            }
            characters = max(characters, longest.reduce(0, +))
        }
        #expect(characters <= 8_000)
    }

    @Test("have names of their own in every language, none twice")
    func localized() {
        for locale in ["es-ES", "es-419", "pt-BR", "de", "fr"] {
            for names in [commands.map(\.name)] + commands.map({ $0.options.map(\.name) }) {
                let shown = names.map { $0.localized[locale] ?? $0.text }
                #expect(Set(shown).count == shown.count, "\(locale): \(shown)")
            }
            #expect(commands.filter { $0.name.localized[locale] != nil }.count > 5, "\(locale)")
        }
    }

    @Test("required options come first")
    func order() {
        for command in commands {
            let levels =
                [command.options] + command.options.map { if case .subcommand(let inner) = $0.kind { inner } else { [] } }
            for options in levels {
                let required = options.map(\.isRequired)
                #expect(required == required.sorted { $0 && !$1 })
            }
        }
    }

    @Test("only those who may manage a server are shown what changes it")
    func permissions() {
        let restricted = commands.filter { $0.permissions != nil }.map(\.name.text)
        #expect(restricted == ["announce", "settings"])
        #expect(commands.filter(\.isForServersOnly).map(\.name.text) == restricted)
    }

    @Test("options that are none, or too long, are taken for what they are")
    func hostileOptions() {
        func use(_ command: String, _ options: [(String, String)]) -> CommandUse {
            CommandUse(
                Interaction(
                    id: 1, applicationID: 2, kind: .command, token: Secret("t"), command: command,
                    options: options.map { .init(name: $0.0, value: $0.1) }))
        }
        #expect(use("fix", [("service", "kik"), ("symptom", "nonsense"), ("device", "toaster")]) == .fix("kik", nil, nil))
        #expect(use("explain", [("topic", "everything")]) == .explain(nil))
        #expect(use("report", [("service", "kik"), ("what", "sideways")]) == .report("kik", .down))
        guard case .isDown(let name) = use("isdown", [("service", String(repeating: "x", count: 6_000))]) else {
            Issue.record("not taken")
            return
        }
        #expect(name.count == 100)
        #expect(
            use("announce", [("add", ""), ("add/service", "kik"), ("add/channel", "no number")]) == .announceNowhere
        )
        #expect(use("format-disk", []) == .unknown)
    }

    @Test("announces only in a channel that Discord knows in this server")
    func foreignChannel() {
        var interaction = Interaction(
            id: 1, applicationID: 2, kind: .command, token: Secret("t"), command: "announce",
            options: [
                .init(name: "add", value: ""), .init(name: "add/service", value: "kik"), .init(name: "add/channel", value: "77"),
            ])
        #expect(CommandUse(interaction) == .announceNowhere)
        interaction.channels = [77]
        #expect(CommandUse(interaction) == .announce("kik", channel: 77))
    }
}
