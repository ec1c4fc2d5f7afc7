/// The answer to a request, and what was learnt on the way to it.
public struct HTTPResponse: Sendable {
    public enum Version: String, Sendable {
        case http1_0 = "HTTP/1.0"
        case http1_1 = "HTTP/1.1"
        case http2 = "HTTP/2"
        case other
    }

    public var status: Int
    public var headers: HTTPHeaders
    public var body: [UInt8]
    /// Whether more body would have come; only with `HTTPRequest.cutsBodyShort`.
    public var isCutShort: Bool
    public var version: Version
    public var phases: HTTPPhases
    /// The address that answered.
    public var address: String?
    /// Whether no new connection was made for it.
    public var reusedConnection: Bool
    /// The server's certificate first, then its issuers; only with `HTTPRequest.capturesCertificates`.
    public var certificates: [ServerCertificate]

    public init(
        status: Int,
        headers: HTTPHeaders = HTTPHeaders(),
        body: [UInt8] = [],
        isCutShort: Bool = false,
        version: Version = .http1_1,
        phases: HTTPPhases = HTTPPhases(),
        address: String? = nil,
        reusedConnection: Bool = false,
        certificates: [ServerCertificate] = []
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isCutShort = isCutShort
        self.version = version
        self.phases = phases
        self.address = address
        self.reusedConnection = reusedConnection
        self.certificates = certificates
    }
}
