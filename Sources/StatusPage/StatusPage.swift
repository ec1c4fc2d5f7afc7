import FlyingFox
import Foundation
public import LocalWeb

/// What a running bot shows of itself over HTTP: whether it lives and whether it is connected.
///
/// Pages of other sites may not read it: a name that is rebound to this machine does not pass the check of the host.
public struct StatusPage: Sendable {
    private let server: LocalServer

    /// Starts to listen.
    ///
    /// - Parameter report: how the bot is now.
    public init(at address: ListenAddress, report: @escaping @Sendable () async -> HealthReport) async throws(LocalServer.Failure)
    {
        server = try await LocalServer(at: address, patience: 10, handler: StatusHandler(address: address, report: report))
    }

    public var port: Int { server.port }

    public func stop() async {
        await server.stop()
    }
}

/// Answers one request.
struct StatusHandler: HTTPHandler {
    let address: ListenAddress
    let report: @Sendable () async -> HealthReport

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let host = request.headers[.host], LoopbackRules.mayAsk(host: host, at: address) else {
            return answer(.forbidden, text: "ask by this machine's address")
        }
        let path = request.path
        guard ["/healthz", "/readyz"].contains(path), [.GET, .HEAD].contains(request.method) else {
            return answer(.notFound, text: "there are /healthz and /readyz")
        }
        let report = await report()
        let isGood = path == "/healthz" ? report.answers : report.isReady
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = request.method == .HEAD ? Data() : try encoder.encode(report) + Data("\n".utf8)
        return answer(isGood ? .ok : .serviceUnavailable, "application/json", body)
    }

    private func answer(_ status: HTTPStatusCode, text: String) -> HTTPResponse {
        answer(status, "text/plain; charset=utf-8", Data((text + "\n").utf8))
    }

    private func answer(_ status: HTTPStatusCode, _ type: String, _ body: Data) -> HTTPResponse {
        let headers: HTTPHeaders = [
            .contentType: type, .cacheControl: "no-store", HTTPHeader("X-Content-Type-Options"): "nosniff",
        ]
        return HTTPResponse(statusCode: status, headers: headers, body: body)
    }
}
