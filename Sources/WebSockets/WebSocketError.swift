/// Why a websocket could not be opened, or an order to one was refused.
public struct WebSocketError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong, as callers tell cases apart.
    public enum Code: Hashable, Sendable {
        /// The URL, a header or the address cannot be used; nothing was sent.
        case invalidRequest
        /// There was no TCP connection: refused, or no way to the host.
        case unreachable
        /// TLS could not be agreed on.
        case tls
        /// The server's certificate was not accepted; the number is OpenSSL's verification error (`X509_V_ERR_…`).
        case certificate
        /// The server answered the upgrade with another HTTP status than 101.
        case upgradeRefused(status: Int)
        /// What answered did not speak HTTP, or broke the websocket handshake.
        case handshake
        /// The connection did not stand in time; the phase is the one that was under way.
        case timedOut(during: Phase)
        /// The caller gave up, or the loop stopped, before the connection stood.
        case cancelled
        /// The queue of messages to send is full.
        case backPressure
        /// The socket is not open (yet, or any more).
        case notOpen
    }

    /// How far a connection had come.
    public enum Phase: String, Hashable, Sendable {
        case tcp = "TCP"
        case tls = "TLS"
        case upgrade
    }

    public let code: Code
    /// For people; never holds anything of a payload or a header.
    public let message: String
    /// The number of the layer below: `errno`, or OpenSSL's verification error; nil when it gave none.
    public let number: Int?

    /// An error with its explanation.
    public init(_ code: Code, _ message: String, number: Int? = nil) {
        self.code = code
        self.message = message
        self.number = number
    }

    public var description: String { message }
}
