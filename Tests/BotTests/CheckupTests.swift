import Discord
import DiscordClient
import LocalWeb
import StatusPage
import Testing
import Timing

@testable import Bot

/// A line as a test names it: its level, its subject, and words that it must hold.
private struct Expected: CustomTestStringConvertible {
    let level: Checkup.Finding.Level
    let subject: String
    let words: [String]

    init(_ level: Checkup.Finding.Level, _ subject: String, _ words: String...) {
        (self.level, self.subject, self.words) = (level, subject, words)
    }

    var testDescription: String { "\(level.rawValue) \(subject): \(words.joined(separator: ", "))" }

    func describes(_ finding: Checkup.Finding) -> Bool {
        let text = "\(finding.message) \(finding.remedy)"
        return finding.level == level && finding.subject == subject && words.allSatisfy { text.contains($0) }
    }
}

/// A change to a checkup in which all is well, and the line that it brings.
private struct Case: CustomTestStringConvertible {
    let expected: Expected
    let change: @Sendable (inout Checkup) -> Void

    init(_ expected: Expected, _ change: @escaping @Sendable (inout Checkup) -> Void) {
        (self.expected, self.change) = (expected, change)
    }

    var testDescription: String { expected.testDescription }
}

@Suite("checkup")
struct CheckupTests {
    @Test("says ok of everything when all is well")
    func well() {
        let checkup = Checkup.well
        #expect(checkup.level == .ok)
        #expect(
            checkup.findings.map(\.subject) == [
                "settings", "token", "intents", "interactions", "commands", "gateway", "shards", "network", "network", "clock",
                "permissions",
                "state", "bot",
            ])
        #expect(checkup.findings.allSatisfy { $0.remedy.isEmpty && $0.message.hasSuffix(".") })
    }

    @Test("commands", arguments: registrations)
    private func registered(one: Case) { check(one) }

    private static let registrations = [
        Case(Expected(.warning, "commands", "1 of the slash commands", "commands sync")) {
            $0.commands = .commands(#"[{"name":"old","description":"x"}]"#, [])
        },
        Case(Expected(.warning, "commands", "Not known: no answer")) { $0.commands = .missing(why: "no answer") },
    ]

    @Test("token", arguments: tokens)
    private func token(one: Case) { check(one) }

    private static let tokens = [
        Case(Expected(.problem, "token", "no bot token", "Set ISITDOWN_DISCORD_TOKEN")) {
            $0.token = .unusable(message: "There is no bot token.", remedy: "Set ISITDOWN_DISCORD_TOKEN.")
        },
        Case(Expected(.problem, "token", "does not accept", "Reset Token")) { $0.user = .refused(status: 401) },
        Case(Expected(.problem, "token", "HTTP 403", "ten minutes")) { $0.user = .refused(status: 403) },
        Case(Expected(.problem, "token", "could not be tried: no answer", "network")) { $0.user = .missing(why: "no answer") },
        Case(Expected(.problem, "token", "not shaped", "Reset Token")) {
            $0.token = .held(nil)
            $0.user = .missing(why: "no answer")
        },
        Case(Expected(.ok, "token", "for the bot 1100")) { $0.token = .held(nil) },
    ]

    @Test("what Discord grants", arguments: grants)
    private func grant(one: Case) { check(one) }

    private static let grants = [
        Case(Expected(.warning, "intents", "only mentions, direct messages and commands", "developer portal")) {
            $0.application = .value(CurrentApplication(id: 1, flags: 0, interactionsEndpoint: nil))
        },
        Case(Expected(.ok, "intents", "grants")) {
            $0.application = .value(CurrentApplication(id: 1, flags: 1 << 18, interactionsEndpoint: nil))
        },
        Case(Expected(.ok, "intents", "message_content is false")) { $0.wantsMessageContent = false },
        Case(Expected(.warning, "intents", "HTTP 500")) { $0.application = .refused(status: 500) },
        Case(Expected(.problem, "interactions", "HTTP endpoint", "Remove")) {
            $0.application = .value(CurrentApplication(id: 1, flags: 1 << 19, interactionsEndpoint: "https://elsewhere.invalid"))
        },
        Case(Expected(.warning, "permissions", "on no server", "Invite", "View Channels")) { $0.guilds = .value([]) },
        Case(Expected(.warning, "permissions", "On 1 of 2 servers", "lack: Send Messages.")) {
            $0.guilds = .value([.all, GuildMembership(permissions: [.viewChannel, .readMessageHistory, .sendMessagesInThreads])])
        },
        Case(Expected(.ok, "permissions", "Servers: 1")) { $0.guilds = .value([GuildMembership(permissions: .administrator)]) },
        Case(Expected(.ok, "permissions", "200 or more")) { $0.guilds = .value(Array(repeating: .all, count: 200)) },
        Case(Expected(.warning, "permissions", "no answer")) { $0.guilds = .missing(why: "no answer") },
    ]

    @Test("gateway", arguments: gateways)
    private func gateway(one: Case) { check(one) }

    private static let gateways = [
        Case(Expected(.problem, "gateway", "not known: HTTP", "discordstatus.com")) { $0.gateway = .missing(why: "HTTP") },
        Case(Expected(.problem, "gateway", "address that is none")) { $0.gateway = .value(GatewayBot(url: "https://no")) },
        Case(Expected(.ok, "gateway", "101 of 1000", "in 3 h 0 min")) { $0.gateway = .logins(101) },
        Case(Expected(.problem, "gateway", "100 of 1000", "last tenth", "logged in so often")) { $0.gateway = .logins(100) },
        Case(Expected(.warning, "gateway", "not enough for 4 connections")) {
            $0.gateway = .logins(103)
            $0.shards = 4
        },
        Case(Expected(.warning, "shards", "discord.shards is 1", "recommends 2", "auto")) {
            $0.gateway = .logins(900, shards: 2)
            $0.shards = 1
        },
        Case(Expected(.ok, "shards", "3; Discord recommends 2")) {
            $0.gateway = .logins(900, shards: 2)
            $0.shards = 3
        },
    ]

    @Test("this machine", arguments: machines)
    private func machine(one: Case) { check(one) }

    private static let machines = [
        Case(Expected(.problem, "network", "discord.com:443 cannot be reached: no route", "firewall")) {
            $0.reaches[0].failure = "no route"
        },
        Case(Expected(.warning, "clock", "75 s ahead", "certificates", "Nothing else")) { $0.clockLead = .seconds(75) },
        Case(Expected(.warning, "clock", "3 days behind")) { $0.clockLead = .seconds(-3 * 86_400 - 5) },
        Case(Expected(.ok, "clock", "agrees")) { $0.clockLead = .seconds(-60) },
        Case(Expected(.ok, "state", "Nothing is kept")) { $0.state = .unused },
        Case(Expected(.ok, "state", "/state is made")) { $0.state = .absent("/state") },
        Case(Expected(.problem, "state", "/state cannot be written", "files.state")) { $0.state = .unwritable("/state") },
        Case(Expected(.warning, "state", "Others can write", "chmod 700 /state")) {
            $0.state = .present("/state", isWritableByOthers: true, SessionFile.Look())
        },
        Case(Expected(.warning, "state", "Others can read", "chmod 600")) { $0.state = .folder(.init(isOpenToOthers: true)) },
        Case(Expected(.ok, "state", "no sessions are saved.")) { $0.state = .folder(.init()) },
        Case(Expected(.ok, "state", "sessions: 2, 30 s old, a restart goes on", "in use")) {
            $0.state = .folder(.init(sessions: 2, age: .seconds(30), isFresh: true, isHeld: true))
        },
        Case(Expected(.ok, "state", "2 h 5 min old, too old")) { $0.state = .folder(.init(sessions: 1, age: .seconds(7_500))) },
    ]

    @Test("the running bot", arguments: bots)
    private func bot(one: Case) { check(one) }

    private static let bots = [
        Case(Expected(.ok, "bot", "health.listen is not set")) { $0.running = .notConfigured },
        Case(Expected(.ok, "bot", "None runs here: nobody answers at 127.0.0.1:9187")) { $0.running = .silent(.usual) },
        Case(Expected(.warning, "bot", "A bot runs", "nobody answers", "Start it anew")) {
            $0.running = .silent(.usual)
            $0.state = .folder(.init(isHeld: true))
        },
        Case(Expected(.warning, "bot", "no bot of this version")) { $0.running = .strange(.usual) },
        Case(Expected(.warning, "bot", "degraded", "start the bot anew")) { $0.running = .bot { $0.lackPrivilegedIntents() } },
        Case(Expected(.warning, "bot", "0 of 1 connections are ready")) {
            $0.running = .bot { $0.move(0, to: .backingOff, at: .origin) }
        },
        Case(Expected(.problem, "bot", "authenticationFailed", "log")) { $0.running = .bot { $0.end(.authenticationFailed) } },
        Case(Expected(.problem, "bot", "threads do not answer")) { $0.running = .bot(answers: false) },
        Case(Expected(.problem, "bot", "refused the running bot's token")) {
            $0.running = .bot(RESTHealth(isTokenRejected: true))
        },
        Case(Expected(.problem, "bot", "shuts the running bot out")) { $0.running = .bot(RESTHealth(isShutOut: true)) },
        Case(Expected(.warning, "bot", "refused 100 requests")) { $0.running = .bot(RESTHealth(invalidRequests: 100)) },
    ]

    @Test("a refused token leaves out what could not be asked, and the worst line counts")
    func silence() {
        var checkup = Checkup.well
        checkup.user = .refused(status: 401)
        (checkup.application, checkup.gateway, checkup.guilds) = (.notAsked, .notAsked, .notAsked)
        checkup.commands = .notAsked
        #expect(checkup.findings.map(\.subject) == ["settings", "token", "network", "network", "clock", "state", "bot"])
        #expect(checkup.level == .problem)
    }

    @Test(
        "the clock is compared with the header that servers send",
        arguments: [("Tue, 15 Nov 1994 08:12:31 GMT", true), ("yesterday", false), ("", false)])
    func clock(header: String, isDate: Bool) {
        #expect((Doctor.clockLead(header) != nil) == isDate)
    }

    private func check(_ one: Case) {
        var checkup = Checkup.well
        one.change(&checkup)
        #expect(checkup.findings.contains { one.expected.describes($0) }, "\(checkup.findings)")
        #expect(checkup.level == one.expected.level)
        #expect(checkup.findings.allSatisfy { $0.level == .ok || !$0.remedy.isEmpty })
    }
}

extension Checkup {
    fileprivate static var well: Checkup {
        var checkup = Checkup()
        checkup.summary = "services: 1, texts in en"
        checkup.token = .held(1_100)
        checkup.user = .value(1_100)
        checkup.application = .value(CurrentApplication(id: 1_100, flags: 1 << 19, interactionsEndpoint: nil))
        checkup.gateway = .logins(1_000)
        checkup.guilds = .value([.all])
        checkup.commands = .commands("[]", [])
        checkup.reaches = [
            Reach(host: "discord.com", port: 443, isSecure: true, time: .milliseconds(31)),
            Reach(host: "gateway.discord.gg", port: 443, isSecure: true, time: .milliseconds(28)),
        ]
        checkup.clockLead = .seconds(1)
        checkup.state = .folder(.init())
        checkup.running = .bot()
        return checkup
    }
}

extension Checkup.Answer<CommandDifference> {
    fileprivate static func commands(_ registered: String, _ wanted: [ApplicationCommand]) -> Self {
        CommandDifference(wanted: wanted, registered: Array(registered.utf8)).map { .value($0) } ?? .missing(why: "broken")
    }
}

extension Checkup.Answer<GatewayBot> {
    fileprivate static func logins(_ left: Int, shards: Int = 1) -> Self {
        .value(
            GatewayBot(url: "wss://gateway.discord.gg", shards: shards, remainingIdentifies: left, resetAfter: .seconds(10_800)))
    }
}

extension Checkup.StateFolder {
    fileprivate static func folder(_ look: SessionFile.Look) -> Self {
        .present("/state", isWritableByOthers: false, look)
    }
}

extension Checkup.Running {
    fileprivate static func bot(
        _ rest: RESTHealth = RESTHealth(), answers: Bool = true, _ change: (inout GatewayHealth) -> Void = { _ in }
    ) -> Self {
        var gateway = GatewayHealth()
        gateway.plan(1, at: .origin)
        gateway.move(0, to: .ready, at: .origin)
        change(&gateway)
        return .answered(HealthReport(gateway, rest: rest, answers: answers, at: .origin))
    }
}

extension GuildMembership {
    fileprivate static let all = GuildMembership(permissions: Permissions(Checkup.needed.map(\.permission)))
}

extension ListenAddress {
    fileprivate static let usual = ListenAddress(port: 9_187)
}
