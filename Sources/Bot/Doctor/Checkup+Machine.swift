import Discord
import DiscordClient
import StatusPage
import Timing

/// What there is to say about this machine, and about the bot that runs on it.
extension Checkup {
    var networkFindings: [Line] {
        reaches.map { reach in
            let peer = "\(reach.host):\(reach.port)"
            guard let failure = reach.failure else {
                return .ok(
                    "network",
                    "\(peer) answers\(reach.isSecure ? " over TLS" : "") after \(max(1, Int(reach.time.milliseconds.rounded()))) ms."
                )
            }
            return .problem(
                "network", "\(peer) cannot be reached: \(failure).",
                "Look at the machine's network, resolver, firewall and clock; the bot only needs to call out.")
        }
    }

    /// A clock that is wrong disturbs no connection: everything that the bot waits for, it measures on the monotonic clock.
    var clockFindings: [Line] {
        guard let clockLead else { return [] }
        let seconds = Int(clockLead.seconds.rounded())
        guard abs(seconds) > 60 else { return [.ok("clock", "It agrees with Discord's to a minute.")] }
        return [
            .warning(
                "clock", "It is \(Duration.seconds(abs(seconds)).spoken) \(seconds > 0 ? "ahead of" : "behind") Discord's.",
                "Set it (timedatectl set-ntp true): times in the log are wrong, and certificates can seem to be out of date. Nothing else depends on it."
            )
        ]
    }

    var stateFinding: Line {
        switch state {
        case .unused: .ok("state", "Nothing is kept over a restart, which then costs a login for each connection.")
        case .absent(let path): .ok("state", "\(path) is made when the bot starts.")
        case .unwritable(let path):
            .problem(
                "state", "\(path) cannot be written.",
                "Give it to the user that the bot runs as, or name another folder in files.state; none keeps nothing.")
        case .present(let path, true, _):
            .warning("state", "Others can write to \(path), and so take the bot's place.", "chmod 700 \(path)")
        case .present(let path, false, let look) where look.isOpenToOthers:
            .warning("state", "Others can read the saved sessions.", "chmod 600 \(path)/sessions*.json")
        case .present(_, false, let look): .ok("state", look.sentence)
        }
    }

    var runningFindings: [Line] {
        let subject = "bot"
        switch running {
        case .notConfigured:
            return [
                .ok(
                    subject, "A running bot is not asked how it is: health.listen is not set.",
                    "Set it, for example to 127.0.0.1:9187.")
            ]
        case .silent(let address) where isStateHeld:
            return [
                .warning(
                    subject, "A bot runs on this machine, but nobody answers at \(address).",
                    "Start it anew with these settings, and look for health.listen in its log.")
            ]
        case .silent(let address): return [.ok(subject, "None runs here: nobody answers at \(address).")]
        case .strange(let address):
            return [
                .warning(
                    subject, "What answers at \(address) is no bot of this version.",
                    "Look which program has the port, or name another one in health.listen.")
            ]
        case .answered(let report): return [standing(of: report)] + traffic(of: report)
        }
    }

    private var isStateHeld: Bool {
        if case .present(_, _, let look) = state { look.isHeld } else { false }
    }

    private func standing(of report: HealthReport) -> Line {
        let ready = report.shards.filter { $0.phase == GatewaySession.Phase.ready.rawValue }
        guard report.isReady else {
            let isFinal = !report.answers || report.refusal != nil
            return Line(
                level: isFinal ? .problem : .warning, subject: "bot",
                message: "The running bot does not hear anybody: \(report.reason ?? "").",
                remedy: isFinal
                    ? "Look at its log, mend what it names, and start it anew."
                    : "Look at its log if this lasts longer than a minute.")
        }
        guard !report.isDegraded else {
            return .warning(
                "bot", "The running bot is degraded: only mentions, direct messages and commands are answered.",
                "Allow the message content intent in the developer portal (Bot), and start the bot anew.")
        }
        let slowest = ready.compactMap(\.heartbeatMilliseconds).max().map { ", heartbeats answered within \($0) ms" } ?? ""
        return .ok("bot", "The running bot is ready: connections \(ready.count)\(slowest).")
    }

    private func traffic(of report: HealthReport) -> [Line] {
        if report.rest.isTokenRejected {
            return [.problem("bot", "Discord refused the running bot's token.", "Give it the new token, and start it anew.")]
        }
        if report.rest.isShutOut {
            return [
                .problem(
                    "bot", "The network in front of Discord shuts the running bot out for now.",
                    "It comes back by itself. Look in its log for what was refused, and for other bots on this address.")
            ]
        }
        guard report.rest.invalidRequests >= 100 else { return [] }
        return [
            .warning(
                "bot",
                "Discord refused \(report.rest.invalidRequests) requests of the running bot within ten minutes, and bans at 10000.",
                "Look in its log for channels where it may not speak.")
        ]
    }
}

extension SessionFile.Look {
    fileprivate var sentence: String {
        let holder = isHeld ? " A bot on this machine has them in use." : ""
        guard sessions > 0, let age else { return "Its folder can be written; no sessions are saved.\(holder)" }
        let use = isFresh ? "a restart goes on with them" : "too old to go on with"
        return "Saved sessions: \(sessions), \(age.spoken) old, \(use).\(holder)"
    }
}

extension Duration {
    /// For people: its two largest units.
    var spoken: String {
        let seconds = Int(components.seconds)
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7_200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3_600) h \(seconds / 60 % 60) min"
        default: return "\(seconds / 86_400) days"
        }
    }
}
