import Clocks
import DiscordClient
import EventLoops
import LocalWeb
import Logging
import Status
import StatusPage
import Timing
import WebSockets

extension Application {
    /// How long the threads may take to answer before they are said not to.
    private static let patience = Duration.seconds(2)

    /// Shows how the bot is, where the operator wants it shown; a page that cannot be opened keeps no bot from its work.
    func openStatusPage(_ rest: REST) async -> StatusPage? {
        guard let address = configuration.health.listen else { return nil }
        if !address.isLoopback {
            log.warning(
                "whoever reaches this address can read how the bot is; a loopback address keeps it on this machine",
                metadata: ["health.listen": "\(address)"])
        }
        do throws(LocalServer.Failure) {
            let page = try await StatusPage(at: address) { [book, loops, desk] in
                let answers = await Application.answer(loops)
                return HealthReport(
                    book.current, rest: await rest.health, watch: await desk.health, answers: answers, at: MonotonicClock().now)
            }
            log.info("health is at /healthz and /readyz", metadata: ["health.listen": "\(address)"])
            return page
        } catch {
            log.error("the bot's health is shown to nobody", metadata: ["health.listen": "\(address)", "why": "\(error)"])
            return nil
        }
    }

    /// Whether every thread that carries connections does.
    private static func answer(_ loops: [GatewayLoop]) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            for loop in loops {
                group.addTask { await loop.sockets.loop.answers(within: patience) }
            }
            return await group.allSatisfy { $0 }
        }
    }
}

extension StatusDesk {
    /// How the looking at services goes, for the bot's health.
    fileprivate var health: HealthReport.Watch {
        let load = load
        let bounds = Lateness.bounds.map { "\(Int($0.milliseconds)) ms" } + ["more"]
        return HealthReport.Watch(
            connectivity: load.connectivity.word,
            services: load.services,
            checks: load.checks,
            incidents: load.incidents,
            inFlight: load.inFlight,
            unknownWords: load.unknownWords,
            rounds: Dictionary(uniqueKeysWithValues: zip(bounds, load.lateness.counts))
        )
    }
}

extension Connectivity.State {
    fileprivate var word: String {
        switch self {
        case .undecided: "undecided"
        case .online: "online"
        case .blind: "blind"
        case .returning: "returning"
        }
    }
}
