import ArgumentParser
import Bot
import Logging
import ServiceLifecycle
import UnixSignals

extension ServiceLifecycle.Service {
    /// Runs until it ends by itself or is told to: SIGTERM, SIGINT, or SIGHUP when the terminal goes. What is refused for good ends the
    /// program with 78 and one line.
    ///
    /// - Parameter signals: those that end it.
    func runUntilStopped(by signals: [UnixSignal] = [.sigterm, .sigint, .sighup]) async throws {
        let group = ServiceGroup(
            configuration: .init(
                // A name of its own, because the usual one is a description of the whole bot with all that it has learnt.
                services: [.init(service: self, successTerminationBehavior: .gracefullyShutdownGroup, serviceName: "isitdown")],
                gracefulShutdownSignals: signals,
                logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }
            )
        )
        do {
            try await group.run()
        } catch let refusal as Application.Refusal {
            complain("isitdown: \(refusal)")
            throw ExitStatus.configuration
        }
    }
}
