public import HTTP

/// Fetches official status feeds, politely and within bounds: only what has changed, no more than a feed can have, and never from another
/// vendor's host.
public struct FeedFetcher: Sendable {
    /// What identifies a body that was fetched, to ask only for a newer one.
    public struct Validators: Hashable, Sendable {
        public var etag: String?
        public var lastModified: String?

        public init(etag: String? = nil, lastModified: String? = nil) {
            self.etag = etag
            self.lastModified = lastModified
        }
    }

    /// What came of it.
    public enum Outcome: Sendable {
        case body([UInt8], Validators)
        /// It says the same as before (304).
        case unchanged
        /// There is no body to read; why, a clause without full stop.
        case failed(String)
    }

    /// Hops within the vendor's own hosts.
    static let redirects = 3

    private let http: HTTPClient
    private let longest: Int
    private let patience: Duration

    /// - Parameters:
    ///   - longest: bytes of a body.
    ///   - patience: for all hops together.
    public init(http: HTTPClient, longest: Int, patience: Duration = .seconds(30)) {
        self.http = http
        self.longest = longest
        self.patience = patience
    }

    /// Fetches the feed at `url`.
    public func fetch(_ url: String, newerThan validators: Validators = Validators()) async -> Outcome {
        var url = url
        let deadline = ContinuousClock.now + patience
        for _ in 0...Self.redirects {
            var request = HTTPRequest(.get, url, limits: HTTPLimits(total: .until(deadline), body: longest))
            request.headers = [("accept", "application/json, application/atom+xml, application/rss+xml, */*;q=0.5")]
            if let etag = validators.etag { request.headers.append(("if-none-match", etag)) }
            if let date = validators.lastModified { request.headers.append(("if-modified-since", date)) }
            let response: HTTPResponse
            do throws(HTTPError) {
                response = try await http.perform(request)
            } catch {
                return .failed(error.message)
            }
            switch response.status {
            case 200:
                let new = Validators(etag: response.headers["etag"], lastModified: response.headers["last-modified"])
                return .body(response.body, new)
            case 304: return .unchanged
            case 301, 302, 303, 307, 308:
                guard let next = response.headers["location"].flatMap({ Self.target(of: $0, from: url) }) else {
                    return .failed("it redirects to where it should not: \(response.headers["location"] ?? "nowhere")")
                }
                url = next
            case let status: return .failed("it answers with HTTP \(status)")
            }
        }
        return .failed("it redirects more than \(Self.redirects) times")
    }

    /// Where a redirect leads, if that is a host of the same vendor's: the same name, with labels before it or without. A page that nobody
    /// claims any more redirects to its host's front page, whose words mean nothing.
    static func target(of location: String, from url: String) -> String? {
        guard let host = host(of: url) else { return nil }
        if location.hasPrefix("/"), !location.hasPrefix("//") {
            guard let end = url.dropFirst("https://".count).firstIndex(of: "/") else { return url + location }
            return url[..<end] + location
        }
        guard let other = self.host(of: location), !(url.hasPrefix("https://") && location.hasPrefix("http://")) else {
            return nil
        }
        return other == host || other.hasSuffix("." + host) || host.hasSuffix("." + other) && other.contains(".") ? location : nil
    }

    private static func host(of url: String) -> String? {
        guard let scheme = ["https://", "http://"].first(where: url.hasPrefix) else { return nil }
        let authority = url.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@"), !authority.isEmpty else { return nil }
        return authority.lowercased()
    }
}
