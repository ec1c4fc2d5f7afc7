import ArgumentParser
import Foundation
import Playground

/// How the local Discord treats bots, for `playground --no-bot`.
struct GatewayOptions: ParsableArguments {
    @Option(help: "The recommended number of shards.")
    var shards: Int?

    @Option(help: "Refuse fewer shards than this.")
    var requiredShards: Int?

    @Option(help: "Identifies that may be under way at once.")
    var maxConcurrency: Int?

    @Option(help: "Identifies a day; one more resets the token.")
    var identifies: Int?

    @Option(help: ArgumentHelp("The time between two identifies of one key.", valueName: "ms"))
    var identifyPause: Int?

    @Option(help: "Guilds that bots are in, spread over the shards.")
    var guilds: Int?

    @Option(help: ArgumentHelp("The heartbeat interval.", valueName: "ms"))
    var heartbeat: Int?

    @Option(help: ArgumentHelp("How long a session without a socket can be resumed.", valueName: "ms"))
    var sessionLife: Int?

    @Option(help: "REST requests within five seconds, for each route and channel.")
    var routeLimit: Int?

    @Option(help: "Requests for GET /gateway/bot within five seconds.")
    var gatewayBotLimit: Int?

    @Option(help: "Invalid requests within ten minutes that lead to Cloudflare's ban.")
    var invalidRequests: Int?

    @Flag(help: "Do not grant the message content intent.")
    var withoutMessageContent = false

    @Option(help: "What the API names as the gateway, for a TLS front: wss://host:port.")
    var gatewayURL: String?

    /// The options that were given, as they are spelled.
    var given: [String] {
        var given: [String] = numbers.filter { $0.value != nil }.map(\.name)
        if withoutMessageContent { given.append("--without-message-content") }
        if gatewayURL != nil { given.append("--gateway-url") }
        return given
    }

    private var numbers: [(name: String, value: Int?, bound: Int)] {
        [
            ("--shards", shards, 10_000), ("--required-shards", requiredShards, 10_000),
            ("--max-concurrency", maxConcurrency, 10_000), ("--identifies", identifies, 1_000_000),
            ("--identify-pause", identifyPause, 3_600_000), ("--guilds", guilds, 1_000), ("--heartbeat", heartbeat, 3_600_000),
            ("--gateway-bot-limit", gatewayBotLimit, 1_000_000),
            ("--session-life", sessionLife, 86_400_000), ("--route-limit", routeLimit, 1_000_000),
            ("--invalid-requests", invalidRequests, 1_000_000),
        ]
    }

    func validate() throws {
        for (name, value, bound) in numbers {
            guard let value else { continue }
            // Only times can be nothing.
            let least = name == "--identify-pause" || name == "--session-life" ? 0 : 1
            guard (least...bound).contains(value) else { throw ValidationError("\(name) is \(least) to \(bound).") }
        }
        if let gatewayURL {
            guard let url = URL(string: gatewayURL), ["ws", "wss"].contains(url.scheme), url.host() != nil else {
                throw ValidationError("--gateway-url is a ws:// or wss:// address.")
            }
        }
    }

    var settings: Playground.DiscordSettings {
        var settings = Playground.DiscordSettings()
        settings.shards = shards ?? settings.shards
        settings.requiredShards = requiredShards ?? settings.requiredShards
        settings.maxConcurrency = maxConcurrency ?? settings.maxConcurrency
        settings.identifies = identifies ?? settings.identifies
        settings.identifyPause = identifyPause.map { .milliseconds($0) } ?? settings.identifyPause
        settings.guilds = guilds ?? settings.guilds
        settings.heartbeatInterval = heartbeat.map { .milliseconds($0) } ?? settings.heartbeatInterval
        settings.sessionLife = sessionLife.map { .milliseconds($0) } ?? settings.sessionLife
        settings.routeLimit = routeLimit ?? settings.routeLimit
        settings.gatewayBotLimit = gatewayBotLimit ?? settings.gatewayBotLimit
        settings.invalidRequestLimit = invalidRequests ?? settings.invalidRequestLimit
        settings.grantsMessageContent = !withoutMessageContent
        settings.gatewayURL = gatewayURL
        // Not from argv, where every user of the machine can read it.
        let token = ProcessInfo.processInfo.environment["ISITDOWN_PLAYGROUND_TOKEN"] ?? ""
        settings.token = token.isEmpty ? nil : token
        return settings
    }
}
