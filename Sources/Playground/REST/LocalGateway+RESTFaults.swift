import Foundation
import Timing

/// REST faults: answers in place of the right one, and ways in which the right one does not arrive.
extension LocalGateway {
    private static let briefly = Duration.milliseconds(500)

    /// What a fault answers without looking at the request; nil when the request is performed.
    func instead(of order: FaultOrder) -> Response? {
        guard case .rest(let fault) = order.fault, !fault.performsRequest else { return nil }
        switch fault {
        case .tooMany: return LocalGateway.tooMany(after: LocalGateway.briefly, scope: "user")
        case .tooManyGlobal: return LocalGateway.tooMany(after: LocalGateway.briefly, scope: "global")
        case .tooManyShared: return LocalGateway.tooMany(after: LocalGateway.briefly, scope: "shared")
        case .tooManyPage: return LocalGateway.banPage(for: .seconds(2))
        case .unauthorized: return Refused.unauthorized.response
        case .badGateway, .unavailable: return LocalGateway.errorPage(fault == .badGateway ? 502 : 503)
        case .halfOpen:
            var response = Response.noContent
            response.delivery = .never
            return response
        default: return LocalGateway.serverError
        }
    }

    /// What becomes of the answer to a request that was performed.
    func spoilt(_ response: Response, by order: FaultOrder) -> Response {
        var response = response
        switch order.fault {
        case .rest(.lostAnswer): return LocalGateway.serverError
        case .rest(.lostConnection): response.delivery = .hangUp
        case .rest(.slowHeaders): response.delivery = .late(order.delay)
        case .rest(.truncated): response.delivery = .truncated
        default: break
        }
        return response
    }

    private static let serverError = Response.json(["message": "500: Internal Server Error", "code": 0], status: 500)

    private static func errorPage(_ status: Int) -> Response {
        let words = status == 502 ? "502 Bad Gateway" : "503 Service Unavailable"
        return Response(status: status, headers: ["Content-Type": "text/html"], body: Data("<h1>\(words)</h1>".utf8))
    }

    /// Cloudflare's page: no JSON and, by which clients know it, no `Via`.
    static func banPage(for wait: Duration) -> Response {
        let page = "<!doctype html><title>Access denied</title><p>error code: 1015"
        let seconds = String(max(1, Int(wait.seconds.rounded(.up))))
        return Response(
            status: 429, headers: ["Content-Type": "text/html; charset=UTF-8", "Retry-After": seconds], body: Data(page.utf8))
    }
}
