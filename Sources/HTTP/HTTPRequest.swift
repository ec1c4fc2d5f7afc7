/// A request, with everything that decides how it is made.
public struct HTTPRequest: Sendable {
    public enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    public var method: Method
    /// An absolute http or https URL; every other scheme is refused.
    public var url: String
    /// Sent as they are; a field with a line break in it refuses the request.
    public var headers: [(name: String, value: String)]
    /// Sent with its length; no media type is made up for it.
    public var body: [UInt8]?
    public var limits: HTTPLimits

    /// How many redirects are followed, to http and https only. GET and HEAD alone are redirected.
    public var redirects = 0
    public var ipVersion = IPVersion.any
    /// Resolve, connect and shake hands anew, and close afterwards: nothing that is remembered may hide a fault.
    public var wantsFreshConnection = false
    /// Ask for the server's certificates; they come with the response.
    public var capturesCertificates = false
    /// Offer HTTP/2 over TLS.
    public var allowsHTTP2 = true
    /// A body over its limit is cut there and the response is good, instead of an error.
    public var cutsBodyShort = false
    /// A 101 is the answer hoped for: the transfer ends with its headers. Use it with `allowsHTTP2` off.
    public var expectsUpgrade = false
    /// Asked for each address before it is dialled, redirects included; runs on the client's thread and must be quick.
    /// A connection that stands already is not asked about again, so use it together with `wantsFreshConnection`.
    public var admits: (@Sendable (NetworkAddress) -> Bool)?

    /// Dials this address and port and no other, whatever the host of the URL resolves to and wherever the network redirects it; the
    /// host stays in `Host` and certificate. A connection that stands already is not asked about, so use it with
    /// `wantsFreshConnection`, and without redirects, which would be dialled there too.
    public var pin: NetworkAddress?

    var purpose = Purpose.exchange
    /// What is said and heard once connected, in place of HTTP; only for `connect`.
    var conversation: Conversation?

    public init(
        _ method: Method = .get,
        _ url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil,
        limits: HTTPLimits = HTTPLimits()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
    }

    /// Whether its connection stays for others.
    var keepsConnection: Bool { !wantsFreshConnection && purpose == .exchange }

    /// How far a transfer goes.
    enum Purpose: Sendable {
        /// Finds the addresses and dials none.
        case resolve
        /// Connects, shakes hands if the URL is https, and closes.
        case connect
        /// Asks and reads the answer.
        case exchange
    }
}
