/// How far a connection came that was made only to see whether it can be.
public struct ConnectReport: Sendable {
    /// The address dialled last.
    public var address: String?
    public var phases: HTTPPhases
    /// The server's certificate first, then its issuers; empty without TLS, and when the handshake failed over them.
    public var certificates: [ServerCertificate]
    /// What failed, and in which phase; nil when all went well.
    public var failure: HTTPError?
}

extension HTTPClient {
    /// Connects, shakes hands over TLS if asked to, and closes again. Always a fresh connection.
    ///
    /// - Parameters:
    ///   - host: a name or an address, an IPv6 address without brackets.
    ///   - port: 1 ... 65535.
    ///   - tls: whether to shake hands; the certificate must be valid for the host.
    ///   - connect: for everything but the wait for a turn.
    ///   - total: for everything.
    public func connect(
        to host: String,
        port: Int,
        tls: Bool,
        ipVersion: IPVersion = .any,
        connect: Duration = .seconds(5),
        total: Duration = .seconds(10)
    ) async -> ConnectReport {
        let limits = HTTPLimits(connect: connect, total: total)
        var request = HTTPRequest(.get, "\(tls ? "https" : "http")://\(urlHost(host)):\(port)/", limits: limits)
        request.purpose = .connect
        request.ipVersion = ipVersion
        request.capturesCertificates = tls
        let record = await run(request)
        return ConnectReport(
            address: record.response.address ?? record.failure?.address,
            phases: record.failure?.phases ?? record.response.phases,
            certificates: record.response.certificates,
            failure: record.failure
        )
    }
}

/// A host as a URL writes it: an IPv6 address in brackets.
func urlHost(_ host: String) -> String {
    host.contains(":") ? "[\(host)]" : host
}
