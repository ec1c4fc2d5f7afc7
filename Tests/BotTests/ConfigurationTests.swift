import Bot
import Diagnostics
import Discord
import HTTP
import LocalWeb
import Status
import Testing

@Suite("Settings")
struct ConfigurationTests {
    private func mistakes(_ text: String?, _ environment: [String: String] = [:]) -> [String] {
        do throws(Mistakes) {
            _ = try Configuration(text: text, file: "x.yaml", environment: environment)
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }

    @Test("nobody needs a file")
    func defaults() throws {
        let configuration = try Configuration(text: nil, file: "x.yaml", environment: [:])
        #expect(configuration.discord.api == "https://discord.com/api/v10")
        #expect(configuration.discord.messageContent)
        #expect(configuration.chat.defaultService == nil)
        #expect(configuration.monitor.interval == .seconds(60))
    }

    @Test("health is shown where an operator says, by a number, and nowhere else")
    func health() throws {
        func listen(_ written: String) throws -> ListenAddress? {
            try Configuration(text: nil, file: "x.yaml", environment: ["ISITDOWN_HEALTH_LISTEN": written]).health.listen
        }
        #expect(try listen("127.0.0.1:9187") == ListenAddress(port: 9_187))
        #expect(try listen("none") == nil)
        #expect(try listen("") == nil)
        let mistake = try #require(mistakes("health:\n  listen: localhost\n").first)
        #expect(mistake.contains("x.yaml:2: “health.listen” cannot be “localhost”"))
    }

    @Test("the environment wins over the file, and the file over the defaults")
    func layers() throws {
        let text = "discord:\n  api: https://one.example/\nchat:\n  default_service: kik\nmonitor:\n  interval: 2m\n"
        let environment = ["ISITDOWN_DISCORD_API": "https://two.example/api/v10", "ISITDOWN_MONITOR_AT_ONCE": "5"]
        let configuration = try Configuration(text: text, file: "x.yaml", environment: environment)
        #expect(configuration.discord.api == "https://two.example/api/v10")
        #expect(configuration.chat.defaultService == "kik")
        #expect(configuration.monitor.interval == .seconds(120))
        #expect(configuration.monitor.atOnce == 5)
    }

    @Test("single chats have their own manners")
    func chats() throws {
        let text = """
            chat:
              certainty: 0.8
            chats:
              123456789012345678:
                default_service: whatsapp
                answer_unaddressed: no
              "42":
                certainty: 0.95
                language: pt
            """
        let chat = try Configuration(text: text, file: "x.yaml", environment: [:]).chat
        #expect(chat.certainty == 0.8)
        #expect(chat.changes.count == 2)
        let guild = try #require(chat.changes[123_456_789_012_345_678])
        #expect(guild.defaultService == "whatsapp" && guild.answersUnaddressed == false && guild.certainty == nil)
        #expect(chat.changes[42]?.certainty == 0.95 && chat.changes[42]?.language == "pt")
    }

    @Test("a mistake in a chat's manners is named with its line")
    func mistakesInChats() {
        let text =
            "chats:\n  general:\n    certainty: 1\n  42:\n    certainty: 5\n    langage: pt\n    answer_unaddressed: perhaps\n"
        let found = mistakes(text)
        #expect(found.count == 4, "\(found)")
        #expect(found.contains { $0.hasPrefix("x.yaml:") && $0.contains("“general” is no id") })
        #expect(found.contains { $0.hasPrefix("x.yaml:5: “chats.42.certainty” cannot be “5”. It is a number from 0.5") })
        #expect(found.contains { $0.hasPrefix("x.yaml:6") && $0.contains("Did you mean “language”?") })
        #expect(found.contains { $0.hasPrefix("x.yaml:7") && $0.contains("true or false") })
        #expect(mistakes("chat:\n  certainty: sure\n").first?.contains("such as 0.9") == true)
        #expect(mistakes("chats: kik\n").count == 1)
    }

    @Test("how Discord is connected to can be set")
    func connections() throws {
        let text = "discord:\n  shards: 3\n  loops: 2\n  compression: zlib-stream\n"
        let set = try Configuration(text: text, file: "x.yaml", environment: [:]).discord
        #expect(set.shards == 3 && set.loops == 2 && set.compression == .zlibStream)
        #expect(try Configuration(text: "discord:\n  shards: auto\n", file: "x.yaml", environment: [:]).discord.shards == nil)
        #expect(mistakes("discord:\n  shards: 0\n  loops: many\n  compression: gzip\n").count == 3)
    }

    @Test(
        "what outlives a restart is kept where the system keeps such things, unless it is said where, or not at all",
        arguments: [
            (["HOME": "/home/bot"], nil, "/home/bot/.local/state/isitdown"),
            (["HOME": "/home/bot", "XDG_STATE_HOME": "/x"], nil, "/x/isitdown"),
            (["HOME": "/home/bot", "STATE_DIRECTORY": "/var/lib/isitdown:/other"], nil, "/var/lib/isitdown"),
            (["XDG_STATE_HOME": "relative"], nil, nil),
            (["HOME": "/home/bot"], "~/state", "/home/bot/state"),
            (["HOME": "/home/bot"], "/srv/state", "/srv/state"),
            (["HOME": "/home/bot"], "none", nil),
        ] as [([String: String], String?, String?)])
    func stateFolder(environment: [String: String], written: String?, expected: String?) throws {
        let text = written.map { "files:\n  state: \($0)\n" }
        #expect(try Configuration(text: text, file: "x.yaml", environment: environment).files.state == expected)
    }

    @Test("canaries are replaced by those of the file, and the usual ones are unrelated")
    func canaries() throws {
        let usual = Configuration().monitor.canaries
        #expect(Set(usual.map(\.host)).count == usual.count && usual.count >= 5)
        let text = "monitor:\n  canaries: [\(usual.dropFirst().map(\.description).joined(separator: ", "))]\n"
        #expect(try Configuration(text: text, file: "x.yaml", environment: [:]).monitor.canaries == Array(usual.dropFirst()))
        #expect(
            mistakes("monitor:\n  canaries: [tls://a.test, tls://b.test, tls://c.test, tls://d.test, tcp://d.test:80]\n").count
                == 1)
    }

    @Test("redirections are read from a list in the file and from one line in the environment")
    func redirections() throws {
        let expected = [
            Network.Redirection(host: "a.example", port: 443, toHost: "127.0.0.1", toPort: 4_001),
            Network.Redirection(host: "b.example", port: 80, toHost: "::1", toPort: 4_002),
        ]
        let file = "network:\n  redirections:\n    - a.example:443=127.0.0.1:4001\n    - b.example:80=[::1]:4002\n"
        #expect(try Configuration(text: file, file: "x.yaml", environment: [:]).network.connectTo == expected)
        let line = ["ISITDOWN_NETWORK_REDIRECTIONS": "a.example:443=127.0.0.1:4001,b.example:80=[::1]:4002"]
        #expect(try Configuration(text: nil, file: "x.yaml", environment: line).network.connectTo == expected)
    }

    @Test(
        "an unknown key is named with its line and the nearest right one",
        arguments: [
            ("discord:\n  apii: x\n", "x.yaml:2: Unknown key “discord.apii”. Did you mean “api”?"),
            ("discrod:\n  api: x\n", "x.yaml:1: Unknown key “discrod”. Did you mean “discord”?"),
        ])
    func unknownKeys(text: String, message: String) {
        #expect(mistakes(text) == [message])
    }

    @Test(
        "a value that cannot be is told with its line, or with its variable",
        arguments: [
            ("monitor:\n  interval: soon\n", [:], "x.yaml:2: “monitor.interval” cannot be “soon”."),
            ("monitor:\n  interval: 1ms\n", [:], "x.yaml:2: “monitor.interval” cannot be “1ms”."),
            ("monitor:\n  at_once: 0\n", [:], "x.yaml:2: “monitor.at_once” cannot be “0”."),
            ("monitor:\n  canaries: [tls://a.example, b]\n", [:], "x.yaml:2: “monitor.canaries” cannot be “tls://a.example,b”."),
            (
                "network:\n  certificate_authority: /no/such\n", [:],
                "x.yaml:2: “network.certificate_authority” cannot be “/no/such”."
            ),
            ("discord:\n  api: ftp://x\n", [:], "x.yaml:2: “discord.api” cannot be “ftp://x”."),
            ("chat:\n  answer_unaddressed: perhaps\n", [:], "x.yaml:2: “chat.answer_unaddressed” cannot be “perhaps”."),
            ("network:\n  redirections: [nonsense]\n", [:], "x.yaml:2: “network.redirections” cannot be “nonsense”."),
            ("", ["ISITDOWN_LOG_LEVEL": "loud"], "ISITDOWN_LOG_LEVEL: “log.level” cannot be “loud”."),
        ] as [(String, [String: String], String)])
    func wrongValues(text: String, environment: [String: String], beginning: String) {
        let found = mistakes(text.isEmpty ? nil : text, environment)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(beginning) == true, "\(found)")
    }

    @Test("all mistakes are told at once")
    func several() {
        #expect(mistakes("discord:\n  apii: x\nmonitor:\n  interval: soon\n  at_once: many\n").count == 3)
    }

    @Test("a token in the file is refused, and not repeated")
    func tokenInFile() {
        let found = mistakes("discord:\n  token: abc.def.ghi\n")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("x.yaml:2:") == true)
        #expect(found.first?.contains("abc.def.ghi") == false)
    }

    @Test("the token never shows when a configuration is printed")
    func secrecy() throws {
        let configuration = try Configuration(text: nil, file: "x", environment: ["ISITDOWN_DISCORD_TOKEN": "abc.def.ghi"])
        #expect(configuration.discord.token?.value == "abc.def.ghi")
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("abc.def.ghi") && !"\(configuration)".contains("abc.def.ghi"))
    }

    @Test(
        "broken YAML, an empty file and a list where keys are due are told, not trapped on",
        arguments: [
            "a: [1", "- 1\n- 2\n", "discord: 3\n", "discord:\n  - api\n", "\u{0}", "discord: &a\n  api: *a\n",
        ])
    func broken(text: String) {
        #expect(!mistakes(text).isEmpty)
    }
}
