/// Why there is no answer.
public struct HTTPError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure. More may come: keep a default.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        public let description: String

        /// The URL, a header or another part of the request is malformed; nothing was sent.
        public static let badRequest = Code("bad request")
        /// The URL is malformed, or neither http nor https; nothing was sent.
        public static let badURL = Code("bad URL")
        /// The name has no address of the wanted family, or the resolver does not answer.
        public static let couldNotResolve = Code("could not resolve")
        /// No address accepts the connection.
        public static let couldNotConnect = Code("could not connect")
        /// `HTTPRequest.admits` refused every address, or none was the one of `HTTPRequest.pin`.
        public static let addressRefused = Code("address refused")
        /// The handshake failed for another reason than the certificate.
        public static let tlsFailed = Code("TLS failed")
        /// The certificate is expired, for another host, or from an unknown authority.
        public static let certificateRejected = Code("certificate rejected")
        /// The peer closed or reset the connection in the middle.
        public static let connectionLost = Code("connection lost")
        /// What came is not HTTP.
        public static let malformedResponse = Code("malformed response")
        public static let tooManyRedirects = Code("too many redirects")
        public static let bodyTooLarge = Code("body too large")
        public static let headersTooLarge = Code("headers too large")
        /// A limit of time was reached.
        public static let timedOut = Code("timed out")
        /// The task was cancelled or the client was shut down.
        public static let cancelled = Code("cancelled")
        /// The client holds as many requests as it may, or had no turn for this one in time; nothing was sent.
        public static let overloaded = Code("overloaded")
        /// The limit of open files or memory does not allow another connection.
        public static let outOfSockets = Code("out of sockets")
        /// The file of the certificate authority cannot be read.
        public static let unreadableAuthority = Code("unreadable certificate authority")
        /// Everything else; `curlCode` says more.
        public static let other = Code("other")

        private init(_ description: String) {
            self.description = description
        }

        /// Whether the fault is on this side, so that it says nothing about the peer.
        public var isOurs: Bool {
            let ours: [Code] = [
                .badRequest, .badURL, .addressRefused, .cancelled, .overloaded, .outOfSockets, .unreadableAuthority,
            ]
            return ours.contains(self)
        }
    }

    public var code: Code
    /// What happened, in libcurl's words where it has some.
    public var message: String
    /// The CURLcode; 0 when libcurl was not the one to end it.
    public var curlCode: Int32
    /// What the transfer was doing; nil before it began.
    public var phase: HTTPPhase?
    /// How far it came.
    public var phases: HTTPPhases
    /// The address dialled last.
    public var address: String?
    public var file: String
    public var line: Int

    public init(
        _ code: Code,
        message: String,
        curlCode: Int32 = 0,
        phase: HTTPPhase? = nil,
        phases: HTTPPhases = HTTPPhases(),
        address: String? = nil,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.code = code
        self.message = message
        self.curlCode = curlCode
        self.phase = phase
        self.phases = phases
        self.address = address
        self.file = file
        self.line = line
    }

    public var description: String {
        "\(code): \(message)"
    }
}
