public import Diagnostics
public import Discord
import Foundation
public import HTTP
import Intents
public import LocalWeb
public import Logging
public import Status

/// Everything an operator decides, read and checked.
public struct Configuration: Sendable {
    /// How to reach Discord.
    public struct Discord: Sendable {
        /// Never logged.
        public var token: Secret?
        /// A file to read the token from, where it was not given itself.
        public var tokenFile: String?
        /// Base of the REST API, without a slash at its end.
        public var api = "https://discord.com/api/v10"
        /// Whether to ask for the privileged message content intent.
        public var messageContent = true
        /// Connections to spread the bot's servers over; nil for as many as Discord recommends.
        public var shards: Int?
        /// Threads that carry the connections.
        public var loops = 1
        public var compression = TransportCompression.zstdStream
    }

    /// How the bot behaves among people.
    public struct Chat: Sendable {
        /// Meant when a question names no service.
        public var defaultService: String?
        public var answersUnaddressed = true
        /// How sure of a question the bot must be to answer it unasked.
        public var certainty = IntentMatch.relevanceForChat
        public var language = "en"
        /// What single chats have otherwise, by the platform's id of a community or a place.
        public var changes: [UInt64: MannersChange] = [:]
    }

    /// How services are watched.
    public struct Monitor: Sendable {
        public var interval = Duration.seconds(60)
        public var unsureInterval = Duration.seconds(10)
        public var timeout = Duration.seconds(10)
        public var atOnce = 32
        /// Whether the providers' feeds are asked.
        public var feeds = true
        /// Asked over HTTPS about names that the system's resolver does not find; of two operators, reached by number.
        public var resolvers = ["https://1.1.1.1/dns-query", "https://8.8.8.8/dns-query"]
        /// Show whether we are online ourselves.
        public var canaries = Canaries.usual
    }

    /// Where the files are, relative to the installation's root.
    public struct Files: Sendable {
        public var services = "deploy/services"
        public var responses = "Responses"
        /// Where the gateway's sessions outlive a restart; nil to let them go. An absolute path, or relative to the root.
        public var state: String?
        /// Where evidence is recorded; nil to record none.
        public var journal: String?
    }

    /// What the running bot shows of itself.
    public struct Health: Sendable {
        /// Where to serve it; nil to serve it nowhere.
        public var listen: ListenAddress?
    }

    public var discord = Discord()
    public var chat = Chat()
    public var monitor = Monitor()
    public var network = Network()
    public var files = Files()
    public var health = Health()
    public var logLevel = Logger.Level.info

    /// The configuration of somebody who configured nothing.
    public init() {}

    /// Reads the settings, the environment over the file over the defaults.
    ///
    /// - Parameters:
    ///   - text: the settings file's text; nil where there is none.
    ///   - file: its path, for messages.
    ///   - environment: the process's environment.
    /// - Throws: `Mistakes` with everything that is wrong.
    public init(text: String?, file: String, environment: [String: String]) throws(Mistakes) {
        var settings = Settings(text: text, file: file, environment: environment)
        readDiscord(&settings)
        readChat(&settings)
        readMonitor(&settings)
        readNetwork(&settings)
        files.services = settings.text("files.services") ?? files.services
        files.responses = settings.text("files.responses") ?? files.responses
        files.state = settings.text("files.state").map { Files.atHome($0, environment) } ?? Files.usualState(environment)
        if files.state == "none" { files.state = nil }
        files.journal = settings.text("files.journal").map { Files.atHome($0, environment) }
        if files.journal == "none" { files.journal = nil }
        health.listen = settings.value("health.listen", default: nil, expected: "none, or an address and a port: 127.0.0.1:9187")
        { text in
            text == "none" ? .some(nil) : ListenAddress(written: text).map { .some($0) }
        }
        let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        logLevel = settings.value("log.level", default: .info, expected: "one of \(levels)") { Logger.Level(rawValue: $0) }
        let mistakes = settings.diagnostics.all.sorted { ($0.file, $0.line ?? 0) < ($1.file, $1.line ?? 0) }
        guard mistakes.isEmpty else { throw Mistakes(mistakes) }
    }

    private mutating func readDiscord(_ settings: inout Settings) {
        discord.token = settings.text("discord.token").map { Secret($0) }
        discord.tokenFile = settings.text("discord.token_file")
        discord.api = settings.value("discord.api", default: discord.api, expected: "an http or https address") { text in
            guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return nil }
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        }
        discord.messageContent = settings.flag("discord.message_content", default: true)
        discord.shards = settings.value("discord.shards", default: nil, expected: "a number from 1 to 10000, or auto") { text in
            text == "auto" ? .some(nil) : Int(text).flatMap { (1...10_000).contains($0) ? .some($0) : nil }
        }
        discord.loops = settings.value("discord.loops", default: discord.loops, expected: "a number from 1 to 64") { text in
            Int(text).flatMap { (1...64).contains($0) ? $0 : nil }
        }
        discord.compression = settings.value(
            "discord.compression", default: discord.compression, expected: "zstd-stream, zlib-stream or none",
            read: { TransportCompression(rawValue: $0) })
    }

    private mutating func readChat(_ settings: inout Settings) {
        chat.defaultService = settings.text("chat.default_service")
        chat.answersUnaddressed = settings.flag("chat.answer_unaddressed", default: true)
        chat.certainty = settings.value(
            "chat.certainty", default: chat.certainty, expected: Self.certainties, read: Self.certainty)
        chat.language = settings.text("chat.language") ?? chat.language
        for id in settings.chats {
            var change = MannersChange()
            change.defaultService = settings.text(id, "default_service").map { ServiceID($0) }
            change.answersUnaddressed = settings.flag(id, "answer_unaddressed")
            change.certainty = settings.value(id, "certainty", expected: Self.certainties, read: Self.certainty)
            change.language = settings.text(id, "language")
            chat.changes[id] = change
        }
    }

    private static let certainties = "a number from 0.5 (answers more) to 1 (answers next to nothing unasked), such as 0.9"

    private static func certainty(_ text: String) -> Double? {
        Double(text).flatMap { (0.5...1).contains($0) ? $0 : nil }
    }

    private mutating func readMonitor(_ settings: inout Settings) {
        monitor.interval = settings.duration("monitor.interval", default: monitor.interval)
        monitor.unsureInterval = settings.duration("monitor.unsure_interval", default: monitor.unsureInterval)
        monitor.timeout = settings.duration("monitor.timeout", default: monitor.timeout)
        monitor.atOnce = settings.value("monitor.at_once", default: monitor.atOnce, expected: "a number from 1 to 1000") { text in
            Int(text).flatMap { (1...1_000).contains($0) ? $0 : nil }
        }
        monitor.feeds = settings.flag("monitor.feeds", default: true)
        monitor.resolvers = settings.value(
            "monitor.resolvers",
            default: monitor.resolvers,
            expected: "none, or a list of resolvers that speak DNS over HTTPS, such as https://1.1.1.1/dns-query"
        ) { text in
            if text == "none" { return [] }
            let resolvers = text.split(separator: ",").map { String($0.drop(while: \.isWhitespace)) }
            return resolvers.allSatisfy { (try? Target($0))?.kind == .https } && resolvers.count <= 4 ? resolvers : nil
        }
        monitor.canaries = settings.value(
            "monitor.canaries",
            default: monitor.canaries,
            expected: "a list of at least \(Canaries.fewestHosts) targets on different hosts, such as tls://example.com:443",
            read: Canaries.read
        )
    }

    private mutating func readNetwork(_ settings: inout Settings) {
        network.certificateAuthority = settings.text("network.certificate_authority")
        if let path = network.certificateAuthority, !FileManager.default.isReadableFile(atPath: path) {
            let message = "“network.certificate_authority” cannot be “\(path)”."
            settings.report("network.certificate_authority", message, remedy: "It is a PEM file that can be read.")
        }
        network.connectTo = settings.value(
            "network.redirections",
            default: [],
            expected: "a list of host:port=host:port"
        ) { text in
            let parts = text.split(separator: ",").map { Network.Redirection(written: $0) }
            return parts.contains { $0 == nil } ? nil : parts.compactMap(\.self)
        }
    }
}

extension Settings {
    private static let flags = "true or false"

    private static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "1": true
        case "false", "no", "0": false
        default: nil
        }
    }

    fileprivate mutating func flag(_ key: String, default standard: Bool) -> Bool {
        value(key, default: standard, expected: Self.flags, read: Self.flag)
    }

    fileprivate mutating func flag(_ chat: UInt64, _ key: String) -> Bool? {
        value(chat, key, expected: Self.flags, read: Self.flag)
    }

    fileprivate mutating func duration(_ key: String, default standard: Duration) -> Duration {
        value(key, default: standard, expected: "a span of time from 100ms to 1d, such as 30s or 5m") { text in
            Duration(written: text).flatMap { (.milliseconds(100) ... .seconds(86_400)).contains($0) ? $0 : nil }
        }
    }
}

extension Configuration.Files {
    /// A path that begins with `~/` below the user's home, as a shell has it.
    static func atHome(_ path: String, _ environment: [String: String]) -> String {
        guard path.hasPrefix("~/"), let home = environment["HOME"] else { return path }
        return home + path.dropFirst()
    }

    /// Where services of this kind keep their state: what systemd says (`StateDirectory=`), else the user's folder for it (XDG Base
    /// Directory Specification). Nil for a user without a home.
    static func usualState(_ environment: [String: String]) -> String? {
        func folder(_ variable: String) -> String? {
            environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        if let given = folder("STATE_DIRECTORY") { return String(given.prefix { $0 != ":" }) }
        return folder("XDG_STATE_HOME").map { "\($0)/isitdown" } ?? folder("HOME").map { "\($0)/.local/state/isitdown" }
    }
}

/// Every mistake found in what people wrote.
public struct Mistakes: Error, CustomStringConvertible {
    public let diagnostics: [Diagnostic]

    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// One mistake a line.
    public var description: String {
        diagnostics.map(\.description).joined(separator: "\n")
    }
}

extension Network.Redirection {
    /// Reads `host:port=host:port`, an IPv6 address in brackets; nil for anything else.
    init?(written text: Substring) {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, let from = try? Target("tcp://\(sides[0])"), let to = try? Target("tcp://\(sides[1])") else {
            return nil
        }
        self.init(host: from.host, port: from.port, toHost: to.host, toPort: to.port)
    }
}
