import FlyingFox
import Foundation
import LocalWeb

/// Every HTTP request of the playground: checks where it comes from and how large it is, then hands it to whom it concerns.
struct PlaygroundHandler: HTTPHandler {
    /// The largest bodies, in bytes: what a bot sends over REST, and what people and scripts send to the lab.
    static let restBound = 1 << 20
    static let labBound = 64 << 10

    let gateway: LocalGateway
    let lab: Lab

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let host = request.headers[.host], LoopbackRules.isLoopback(host) else {
            return PlaygroundHandler.refusal(403, "the playground answers to 127.0.0.1 and localhost only")
        }
        let origin = request.headers[HTTPHeader("Origin")]
        switch request.path {
        case "/gateway", "/gateway/":
            guard LoopbackRules.mayConnect(origin: origin) else { return PlaygroundHandler.foreign }
            return try await socket(request)
        // Discord's gateway has no path, and a front may keep to that.
        case "/" where request.headers[.upgrade] != nil:
            guard LoopbackRules.mayConnect(origin: origin) else { return PlaygroundHandler.foreign }
            return try await socket(request)
        case "/lab/live":
            guard LoopbackRules.mayChange(origin: origin, host: host, fetchSite: nil) else { return PlaygroundHandler.foreign }
            return try await WebSocketHTTPHandler(handler: SocketHandler(gateway: gateway, role: .view)).handleRequest(request)
        case "/" where request.method == .GET: return ChatPage.response(host: host)
        default:
            let site = request.headers[HTTPHeader("Sec-Fetch-Site")]
            guard request.method == .GET || LoopbackRules.mayChange(origin: origin, host: host, fetchSite: site) else {
                return PlaygroundHandler.foreign
            }
            return try await answer(request)
        }
    }

    private func socket(_ request: HTTPRequest) async throws -> HTTPResponse {
        let requested = GatewayParameters.read(PlaygroundHandler.query(of: request))
        let handler = SocketHandler(gateway: gateway, role: .gateway(requested))
        return try await WebSocketHTTPHandler(handler: handler).handleRequest(request)
    }

    private static func query(of request: HTTPRequest) -> [String: String] {
        Dictionary(request.query.map { ($0.name, $0.value) }) { _, last in last }
    }

    private func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        let isREST = request.path.hasPrefix("/api/")
        let bound = isREST ? PlaygroundHandler.restBound : PlaygroundHandler.labBound
        guard let body = try await PlaygroundHandler.body(of: request, bound: bound) else {
            return PlaygroundHandler.response(Refused.tooLarge.response)
        }
        let plain = Request(
            method: request.method.rawValue.uppercased(), path: request.path,
            query: PlaygroundHandler.query(of: request), authorization: request.headers[.authorization],
            userAgent: request.headers[HTTPHeader("User-Agent")], contentType: request.headers[.contentType], body: body)
        return try await PlaygroundHandler.delivered(await answer(plain))
    }

    private static func delivered(_ response: Response) async throws -> HTTPResponse {
        switch response.delivery {
        case .whole: return self.response(response)
        case .late(let delay):
            try await Task.sleep(for: delay)
            return self.response(response)
        case .truncated: return truncated(response)
        case .hangUp: return HTTPResponse(webSocket: Silence(isShort: true))
        case .never: return HTTPResponse(webSocket: Silence(isShort: false))
        }
    }

    private func answer(_ request: Request) async -> Response {
        if request.path == "/api/v10" || request.path.hasPrefix("/api/v10/") { return await gateway.rest(request) }
        if request.path.hasPrefix("/api/") { return Refused(400, 50041, "Invalid API version").response }
        if ["/lab/services", "/lab/network"].contains(request.path) || request.path.hasPrefix("/lab/services/") {
            let response = await lab.answer(request)
            if request.method == "PUT" { await gateway.showServices(lab.wire) }
            return response
        }
        if request.path.hasPrefix("/lab/") { return await gateway.lab(request) }
        return LabRefusal(404, "nothing is here; the chat page is at /").response
    }

    /// The answer with the length of its whole body and half of it.
    private static func truncated(_ response: Response) -> HTTPResponse {
        // A body that is empty is promised all the same.
        let promised = max(response.body.count, 64)
        let half = TruncatedBody(half: response.body.prefix(response.body.count / 2))
        var truncated = self.response(response)
        truncated.payload = .httpBody(HTTPBodySequence(from: half, count: promised))
        return truncated
    }

    /// The whole body; nil when it is too large.
    private static func body(of request: HTTPRequest, bound: Int) async throws -> Data? {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > bound { return nil }
        var body = Data()
        for try await chunk in request.bodySequence {
            body += chunk
            if body.count > bound { return nil }
        }
        return body
    }

    private static let foreign = refusal(403, "other pages may not drive the playground")

    private static func refusal(_ status: Int, _ message: String) -> HTTPResponse {
        response(LabRefusal(status, message).response)
    }

    static func response(_ response: Response) -> HTTPResponse {
        var headers = HTTPHeaders([:])
        for (name, value) in response.headers { headers[HTTPHeader(name)] = value }
        headers[HTTPHeader("X-Content-Type-Options")] = "nosniff"
        headers[.cacheControl] = "no-store"
        let code = HTTPStatusCode(response.status, phrase: response.status < 400 ? "OK" : "Refused")
        return HTTPResponse(statusCode: code, headers: headers, body: response.body)
    }
}
