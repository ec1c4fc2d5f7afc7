import CCurl

/// The addresses of a name, in the order in which they should be tried.
public struct Resolution: Hashable, Sendable {
    public var addresses: [NetworkAddress]
    public var duration: Duration
    /// Whether the addresses are those of another host, to which the network redirects.
    public var isRedirected: Bool

    public init(addresses: [NetworkAddress], duration: Duration = .zero, isRedirected: Bool = false) {
        self.addresses = addresses
        self.duration = duration
        self.isRedirected = isRedirected
    }
}

extension HTTPClient {
    /// Asks the system's resolver for the addresses of a name, and connects to none of them. Nothing is cached.
    ///
    /// - Parameters:
    ///   - host: a name or an address, an IPv6 address without brackets.
    ///   - port: comes back with the addresses, and decides which redirection of the network applies.
    ///   - timeout: for everything, the wait for a turn included.
    public func resolve(
        _ host: String,
        port: Int = 443,
        ipVersion: IPVersion = .any,
        timeout: Duration = .seconds(5)
    ) async throws(HTTPError) -> Resolution {
        let limits = HTTPLimits(connect: timeout, total: timeout)
        var request = HTTPRequest(.get, "http://\(urlHost(host)):\(port)/", limits: limits)
        request.purpose = .resolve
        request.ipVersion = ipVersion
        let record = await run(request)
        let phases = record.failure?.phases ?? record.response.phases
        guard record.failure?.curlCode == Int32(bitPattern: CURLE_COULDNT_CONNECT.rawValue), !record.dialled.isEmpty else {
            throw record.failure ?? HTTPError(.other, message: "a connection was made where only addresses were asked for")
        }
        return Resolution(
            addresses: record.dialled,
            duration: phases.dns ?? phases.total,
            isRedirected: network.redirects(host, port: port)
        )
    }
}
