import ArgumentParser
import Bot
import Discord
import Logging
import Status

/// What most commands begin with: the installation, its settings and its services.
struct Session: Sendable {
    let installation: Installation
    let configuration: Configuration
    private let redaction: Redaction

    /// Reads the settings; mistakes end the program with 78, each on a line of its own.
    init(configurationFile: String? = nil) throws {
        let installation = try Session.orExit { () throws(Mistakes) in try Installation.located() }
        Secrecy.forgetEnvironment()
        let configuration = try Session.orExit { () throws(Mistakes) in try installation.configuration(file: configurationFile) }
        self.installation = installation
        self.configuration = configuration
        redaction = Secrecy.keep(try? configuration.discord.readToken())
    }

    /// The value of `body`; or the mistakes on standard error, and the end.
    static func orExit<Value>(_ body: () throws(Mistakes) -> Value) throws -> Value {
        do throws(Mistakes) {
            return try body()
        } catch {
            complain(error.description)
            throw ExitStatus.configuration
        }
    }

    /// A logger that writes to standard error, without secrets, at the level of the settings.
    func logger(_ level: Logger.Level? = nil) -> Logger {
        var logger = Logger(label: "isitdown") { [redaction] label in
            RedactingLogHandler(StreamLogHandler.standardError(label: label), redaction: redaction)
        }
        logger.logLevel = level ?? configuration.logLevel
        return logger
    }

    /// A desk for one look: rounds follow each other quickly, so that a failure is confirmed within seconds.
    ///
    /// - Parameter adHoc: pages that are probed behind the guard.
    func impatientDesk(adHoc: [AdHocTarget] = []) -> StatusDesk {
        var pace = StatusBoard.Settings(configuration.monitor)
        pace.interval = .seconds(4)
        pace.unsureInterval = .seconds(1)
        pace.canaryPause = .seconds(1)
        pace.timeout = min(pace.timeout, .seconds(5))
        // Another resolver may be asked, and what it finds dialled.
        pace.patience = pace.timeout * 2 + .seconds(5)
        return StatusDesk.make(configuration: configuration, pace: pace, adHoc: adHoc, log: logger(.error))
    }

    /// How long one look may take in all.
    static let patience = Duration.seconds(20)
}
