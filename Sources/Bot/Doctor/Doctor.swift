import Diagnostics
import Discord
import DiscordClient
import Foundation
import HTTP
import LocalWeb
import Logging
import StatusPage

/// Gathers the facts of a checkup: asks Discord, connects, and looks at this machine. It changes nothing and identifies nowhere.
public struct Doctor: Sendable {
    private let installation: Installation
    private let configuration: Configuration
    private let http: HTTPClient
    /// For one question. Two follow each other at most, so that without a network all is over within fifteen seconds.
    private static let patience = Duration.seconds(5)

    public init(installation: Installation, configuration: Configuration) {
        self.installation = installation
        self.configuration = configuration
        http = HTTPClient(network: configuration.network, userAgent: Product.name)
    }

    /// - Parameter summary: what the files hold, as `validate` found it.
    public func examine(summary: String) async -> Checkup {
        var checkup = Checkup()
        checkup.summary = summary
        checkup.wantsMessageContent = configuration.discord.messageContent
        checkup.shards = configuration.discord.shards
        async let reach = restReach()
        async let running = running()
        let token = readToken(&checkup)
        checkup.state = stateFolder(of: token)
        if let token { await askDiscord(token, &checkup) }
        checkup.reaches = [await reach].compactMap(\.self)
        if case .value(let bot) = checkup.gateway, let gateway = await gatewayReach(bot) { checkup.reaches.append(gateway) }
        checkup.running = await running
        await http.shutdown()
        return checkup
    }

    private func readToken(_ checkup: inout Checkup) -> Secret? {
        do throws(Mistakes) {
            let token = try configuration.discord.readToken()
            checkup.token = .held(token.botID)
            return token
        } catch {
            let mistake = error.diagnostics.first
            checkup.token = .unusable(message: mistake?.message ?? "It cannot be read.", remedy: mistake?.remedy ?? "")
            return nil
        }
    }
}

/// What Discord is asked.
extension Doctor {
    /// Who the token belongs to, and only when it is good the rest: Discord counts what it refuses.
    private func askDiscord(_ token: Secret, _ checkup: inout Checkup) async {
        let log = Logger(label: "doctor") { _ in SwiftLogNoOpLogHandler() }
        let rest = REST(base: configuration.discord.api, token: token, http: http, log: log)
        var told: String?
        checkup.user = await ask(rest, .currentUser) { answer in
            told = answer.headers["Date"]
            return Message.Author(decoding: answer.body)?.id
        }
        checkup.clockLead = told.flatMap(Self.clockLead)
        if case .value = checkup.user {
            async let application = ask(rest, .currentApplication) { CurrentApplication(decoding: $0.body) }
            async let gateway = ask(rest, .gatewayBot) { GatewayBot(decoding: $0.body) }
            async let guilds = ask(rest, .currentGuilds) { GuildMembership.list(decoding: $0.body) }
            (checkup.application, checkup.gateway, checkup.guilds) = await (application, gateway, guilds)
            if case .value(let application) = checkup.application, let texts = try? installation.responses(configuration) {
                let wanted = CommandCatalog(texts).commands
                checkup.commands = await ask(rest, .commands(of: application.id)) {
                    CommandDifference(wanted: wanted, registered: $0.body)
                }
            }
        }
        await rest.close()
    }

    private func ask<Value>(
        _ rest: REST, _ request: RESTRequest, _ read: (HTTPResponse) -> Value?
    ) async -> Checkup.Answer<Value> {
        do throws(RESTError) {
            let answer = try await rest.send(request, patience: Self.patience)
            return read(answer).map { .value($0) } ?? .missing(why: "the answer is not Discord's")
        } catch .refused(let status, _) {
            return .refused(status: status)
        } catch {
            return .missing(why: "\(error)")
        }
    }

    /// How far this machine's clock is ahead of a `Date` header.
    static func clockLead(_ header: String) -> Duration? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return formatter.date(from: header).map { .seconds(Date().timeIntervalSince($0)) }
    }
}

/// What is dialled.
extension Doctor {
    private func restReach() async -> Checkup.Reach? {
        guard let url = URL(string: configuration.discord.api), let host = url.host() else { return nil }
        return await reach(host, url.port, isSecure: url.scheme == "https")
    }

    private func gatewayReach(_ bot: GatewayBot) async -> Checkup.Reach? {
        guard let address = GatewayAddress(bot.url), let url = URL(string: "https://\(address.authority)"), let host = url.host()
        else {
            return nil
        }
        return await reach(host, url.port, isSecure: address.isSecure)
    }

    private func reach(_ host: String, _ port: Int?, isSecure: Bool) async -> Checkup.Reach {
        let port = port ?? (isSecure ? 443 : 80)
        let plain = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let report = await http.connect(to: plain, port: port, tls: isSecure, total: Self.patience)
        return Checkup.Reach(
            host: host, port: port, isSecure: isSecure, time: report.phases.total, failure: report.failure.map { "\($0)" })
    }

    private func running() async -> Checkup.Running {
        guard let address = configuration.health.listen?.dialled else { return .notConfigured }
        let request = HTTPRequest(.get, "http://\(address)/healthz", limits: HTTPLimits(connect: .seconds(2), total: .seconds(5)))
        // Not over the network's redirections: they are for what is far away.
        let local = HTTPClient(userAgent: Product.name)
        do throws(HTTPError) {
            let answer = try await local.perform(request)
            let report = try? JSONDecoder().decode(HealthReport.self, from: Data(answer.body))
            return report.map { .answered($0) } ?? .strange(address)
        } catch {
            return error.code == .couldNotConnect ? .silent(address) : .strange(address)
        }
    }
}

/// What this machine keeps.
extension Doctor {
    private func stateFolder(of token: Secret?) -> Checkup.StateFolder {
        guard let path = configuration.files.state.map(installation.path) else { return .unused }
        let files = FileManager.default
        var isFolder: ObjCBool = false
        guard files.fileExists(atPath: path, isDirectory: &isFolder) else {
            // The dot is only there in a folder.
            return files.isWritableFile(atPath: "\(Self.nearest(above: path))/.") ? .absent(path) : .unwritable(path)
        }
        guard isFolder.boolValue, files.isWritableFile(atPath: path) else { return .unwritable(path) }
        let mode = (try? files.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? nil
        let look = SessionFile.look(at: SessionFile.path(in: path, of: token))
        return .present(path, isWritableByOthers: (mode ?? 0) & 0o022 != 0, look)
    }

    private static func nearest(above path: String) -> String {
        var folder = URL(filePath: path).standardizedFileURL
        repeat {
            folder.deleteLastPathComponent()
        } while !FileManager.default.fileExists(atPath: folder.path) && folder.path != "/"
        return folder.path
    }
}
