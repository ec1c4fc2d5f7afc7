import Playground
import ServiceLifecycle

/// The local Discord without a bot: for programs that want to try another one on it.
struct LonelyPlayground: ServiceLifecycle.Service {
    let playground: Playground

    func run() async throws {
        let endpoints: Playground.Endpoints
        do {
            endpoints = try await playground.start()
        } catch {
            complain("isitdown: \(error)")
            throw ExitStatus.unavailable
        }
        try printJSON(Line(endpoints))
        try? await gracefulShutdown()
        await playground.stop()
    }

    /// The one line on standard output.
    private struct Line: Encodable {
        let api: String
        let token: String
        let botID: String
        let page: String

        init(_ endpoints: Playground.Endpoints) {
            api = endpoints.restBase
            token = endpoints.botToken
            botID = endpoints.botID
            page = endpoints.page
        }

        private enum CodingKeys: String, CodingKey {
            case api, token, botID = "bot_id", page
        }
    }
}
