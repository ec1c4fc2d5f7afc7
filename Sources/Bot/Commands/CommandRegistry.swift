public import Discord
import DiscordClient
import HTTP
public import Logging
import Replies
import Timing

/// The slash commands that Discord has, and those that it should have.
public struct CommandRegistry: Sendable {
    private static let patience = Duration.seconds(30)

    private let commands: [ApplicationCommand]
    private let api: String
    private let token: Secret
    private let network: Network
    private let log: Logger

    /// - Throws: mistakes in the texts, or a missing token.
    public init(installation: Installation, configuration: Configuration, log: Logger) throws(Mistakes) {
        commands = CommandCatalog(try installation.responses(configuration)).commands
        api = configuration.discord.api
        token = try configuration.discord.readToken()
        network = configuration.network
        self.log = log
    }

    /// Why nothing could be compared or sent.
    public struct Failure: Error, CustomStringConvertible, Sendable {
        public let description: String
        /// Whether it is the token, so that trying again is no use.
        public let isRefusal: Bool
    }

    /// How what Discord has differs from what it should have.
    ///
    /// - Parameter isSync: whether to send ours in place of Discord's, where there is any difference.
    public func compare(andSync isSync: Bool) async throws(Failure) -> CommandDifference {
        let http = HTTPClient(network: network, userAgent: Product.name)
        let rest = REST(base: api, token: token, http: http, log: log)
        let result: Result<CommandDifference, Failure>
        do throws(Failure) {
            result = .success(try await compare(through: rest, andSync: isSync))
        } catch {
            result = .failure(error)
        }
        await rest.close()
        await http.shutdown()
        return try result.get()
    }

    private func compare(through rest: REST, andSync isSync: Bool) async throws(Failure) -> CommandDifference {
        do throws(RESTError) {
            let answer = try await rest.send(.currentApplication, patience: Self.patience)
            guard let application = CurrentApplication(decoding: answer.body) else { throw .notDiscord }
            let registered = try await rest.send(.commands(of: application.id), patience: Self.patience)
            guard let difference = CommandDifference(wanted: commands, registered: registered.body) else { throw .notDiscord }
            if isSync, !difference.isEmpty {
                _ = try await rest.send(.replaceCommands(of: application.id, with: commands), patience: Self.patience)
            }
            return difference
        } catch {
            throw Failure(error)
        }
    }
}

extension CommandRegistry.Failure {
    fileprivate init(_ error: RESTError) {
        if error.isUnauthorized {
            self.init(
                description: "Discord does not accept the token. Copy it anew from the developer portal (Bot, Reset Token).",
                isRefusal: true)
        } else if error.code == ErrorCode.tooManyCommandCreates {
            self.init(
                description: "Discord takes 200 new commands a day, and has had them. Try again tomorrow.", isRefusal: false)
        } else {
            self.init(description: "Discord could not be asked: \(error). Try again in a minute.", isRefusal: false)
        }
    }
}

extension RESTError {
    fileprivate static var notDiscord: RESTError { .refused(status: 200, nil) }
}
