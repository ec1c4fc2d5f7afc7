/// How far a connection came that was made only to see whether it can be.
public struct ConnectReport: Sendable {
    /// The address dialled last.
    public var address: String?
    public var phases: HTTPPhases
    /// The server's certificate first, then its issuers; empty without TLS, and when the handshake failed over them.
    public var certificates: [ServerCertificate]
    /// What the server said in a conversation.
    public var answer: [UInt8] = []
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
    ///   - conversation: is held once connected.
    ///   - connect: for everything but the wait for a turn.
    ///   - pin: see `HTTPRequest.pin`.
    ///   - total: for everything.
    public func connect(
        to host: String,
        port: Int,
        tls: Bool,
        ipVersion: IPVersion = .any,
        conversation: Conversation? = nil,
        pin: NetworkAddress? = nil,
        connect: Duration = .seconds(5),
        total: Duration = .seconds(10)
    ) async -> ConnectReport {
        let limits = HTTPLimits(connect: connect, total: total)
        var request = HTTPRequest(.get, "\(tls ? "https" : "http")://\(urlHost(host)):\(port)/", limits: limits)
        request.purpose = .connect
        request.ipVersion = ipVersion
        request.capturesCertificates = tls
        request.conversation = conversation
        request.pin = pin
        let record = await (conversation == nil ? self : apart).run(request)
        return ConnectReport(
            address: record.response.address ?? record.failure?.address,
            phases: record.failure?.phases ?? record.response.phases,
            certificates: record.response.certificates,
            answer: record.response.body,
            failure: record.failure
        )
    }
}

extension HTTPClient {
    /// A client for one conversation. Once connected, libcurl counts the connection among those that wait to be used again, and whenever
    /// another transfer of the same multi handle begins, it may close one on which something has come in.
    private nonisolated var apart: HTTPClient {
        HTTPClient(network: network, userAgent: userAgent, maxTransfers: 1, maxWaiting: 0)
    }
}

/// A host as a URL writes it: an IPv6 address in brackets.
func urlHost(_ host: String) -> String {
    host.contains(":") ? "[\(host)]" : host
}
