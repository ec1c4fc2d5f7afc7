import Clocks
import Discord
import HTTP
import Logging
import Timing

/// One attempt of a request, over HTTP.
extension REST {
    func attempt(_ id: RateLimiter.RequestID, _ request: RESTRequest) async {
        let wanted = httpRequest(id, request)
        let client = request.route.isInteraction ? interactionHTTP : http
        do throws(HTTPError) {
            let answer = try await client.perform(wanted)
            if request.route.isInteraction, !wanted.wantsFreshConnection { warmedUp() }
            waiting[id]?.answer = answer
            if answer.status >= 500 { waiting[id]?.mayBeDone = true }
            let fields = answer.headers.fields.map { HeaderField($0.name, $0.value) }
            step(.completed(id, RateLimitAnswer(status: answer.status, headers: fields, body: answer.body)))
        } catch {
            let leftNothing = error.leftNothing(overFreshConnection: wanted.wantsFreshConnection)
            waiting[id]?.lostAnswer = true
            if !leftNothing { waiting[id]?.mayBeDone = true }
            log.warning(
                "no answer from Discord",
                metadata: [
                    "route": "\(request.route)", "why": "\(request.redaction(token: token).redacted("\(error)"))",
                ])
            step(.failed(id, sent: !leftNothing))
        }
    }

    private func httpRequest(_ id: RateLimiter.RequestID, _ request: RESTRequest) -> HTTPRequest {
        let remaining = waiting[id].map { clock.now.duration(to: $0.expires) } ?? .zero
        let limits = AttemptLimits(request.retry, remaining: remaining)
        var wanted = HTTPRequest(HTTPRequest.Method(request.route.method), base + request.route.path.value)
        wanted.headers = request.headers(token: token, userAgent: Product.userAgent).map { ($0.name, $0.value) }
        wanted.body = request.body
        wanted.limits = HTTPLimits(connect: limits.connect, total: limits.total, body: AttemptLimits.body)
        // libcurl repeats by itself what brought no answer over a connection that was used before. And an attempt that got no answer
        // may have been sent to nobody: a stream of a dead HTTP/2 connection is given up, the connection is not.
        wanted.wantsFreshConnection = request.retry == .onlyUnsent || waiting[id]?.lostAnswer == true
        return wanted
    }
}

extension HTTPRequest.Method {
    fileprivate init(_ method: HTTPMethod) {
        switch method {
        case .get: self = .get
        case .post: self = .post
        case .put: self = .put
        case .patch: self = .patch
        case .delete: self = .delete
        }
    }
}
