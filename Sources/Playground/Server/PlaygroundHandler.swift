import FlyingFox
import Foundation

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
            return try await WebSocketHTTPHandler(handler: SocketHandler(gateway: gateway, role: .gateway)).handleRequest(request)
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

    private func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        let isREST = request.path.hasPrefix("/api/")
        let bound = isREST ? PlaygroundHandler.restBound : PlaygroundHandler.labBound
        guard let body = try await PlaygroundHandler.body(of: request, bound: bound) else {
            return PlaygroundHandler.response(Refused.tooLarge.response)
        }
        let plain = Request(
            method: request.method.rawValue.uppercased(), path: request.path,
            query: Dictionary(request.query.map { ($0.name, $0.value) }) { _, last in last },
            authorization: request.headers[.authorization], body: body)
        return PlaygroundHandler.response(await answer(plain))
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
