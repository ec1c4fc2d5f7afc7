import ChildProcesses
import Foundation
import Playground
import Status
import Testing

/// A playground for one test: on a port that the kernel chooses, stopped at the end whatever happens.
func withPlayground(
    services: [Service] = [], canaries: [Target] = [], slowness: Duration = .seconds(4),
    discord: Playground.DiscordSettings = .hasty, _ body: (Playground.Endpoints) async throws -> Void
) async throws {
    let playground = Playground(services: services, canaries: canaries, port: 0, slowness: slowness, discord: discord)
    let endpoints = try await playground.start()
    do {
        try await body(endpoints)
    } catch {
        await playground.stop()
        throw error
    }
    await playground.stop()
}

extension Playground.DiscordSettings {
    /// A Discord that lets clients identify as often as these tests do.
    static var hasty: Self {
        var settings = Self()
        settings.identifyPause = .zero
        settings.gatewayBotLimit = 100
        return settings
    }

    /// The same with changes.
    static func hasty(_ change: (inout Self) -> Void) -> Self {
        var settings = hasty
        change(&settings)
        return settings
    }
}

/// The Python that has websockets and discord.py.
let python = ProcessInfo.processInfo.environment["ISITDOWN_PYTHON"] ?? "python3"

/// What a program said and how it ended.
struct Outcome: Sendable {
    let status: Int32
    let output: String
}

/// Runs a program to its end, at most `limit` long.
func run(
    _ program: String, _ arguments: [String], input: String = "", limit: Duration = .seconds(90),
    environment: [String: String] = [:]
) async throws -> Outcome {
    let child = try ChildProcess(program, arguments, environment: environment, input: .pipe, output: .pipe, errors: nil)
    try child.input?.write(contentsOf: Data(input.utf8))
    try child.input?.close()
    let watchdog = Task {
        try await Task.sleep(for: limit)
        kill(child.id, SIGKILL)
    }
    defer { watchdog.cancel() }
    return await withCheckedContinuation { continuation in
        // A thread of its own: tasks share Dispatch's few.
        Thread.detachNewThread {
            let said = child.output?.readDataToEndOfFile() ?? Data()
            continuation.resume(returning: Outcome(status: child.wait(), output: String(decoding: said, as: UTF8.self)))
        }
    }
}

/// Runs one of the Python clients against a playground; it ends with 0 when all is as it should be.
func runClient(
    _ name: String, _ endpoints: Playground.Endpoints, _ arguments: String..., environment: [String: String] = [:]
) async throws -> Outcome {
    let script = try #require(Bundle.module.url(forResource: "Clients/\(name)", withExtension: "py"))
    return try await run(
        python,
        [script.path(percentEncoded: false), String(endpoints.port), endpoints.botToken, endpoints.botID] + arguments,
        environment: environment)
}
