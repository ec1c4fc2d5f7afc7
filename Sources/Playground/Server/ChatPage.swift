import FlyingFox
import Foundation

/// The chat page: one file, nothing from elsewhere, and a policy that holds it to that.
enum ChatPage {
    private static let source = String(decoding: PackageResources.chat_html, as: UTF8.self)

    /// - Parameter host: the request's Host header, known to be this machine's.
    static func response(host: String) -> HTTPResponse {
        let nonce = LocalGateway.random(24)
        let policy = [
            "default-src 'none'", "script-src 'nonce-\(nonce)'", "style-src 'nonce-\(nonce)'", "img-src data:",
            // Not every browser counts a websocket of the same origin as 'self'.
            "connect-src 'self' ws://\(host)", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
        ]
        let headers: HTTPHeaders = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
            HTTPHeader("Content-Security-Policy"): policy.joined(separator: "; "),
            HTTPHeader("X-Content-Type-Options"): "nosniff", HTTPHeader("Referrer-Policy"): "no-referrer",
        ]
        return HTTPResponse(statusCode: .ok, headers: headers, body: Data(source.replacing("NONCE", with: nonce).utf8))
    }
}
