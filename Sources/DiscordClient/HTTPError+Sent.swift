import HTTP

extension HTTPError {
    /// Whether it is certain that no byte of the request reached a server.
    ///
    /// Over a fresh connection that is so until the connection stands, whatever ended it. Over one that was used before it is not:
    /// when such a connection ends without a byte of an answer, libcurl takes it for dead and sends the request again over a new one
    /// (`Curl_retry_request`, libcurl 7.88; for POST too, which the server may have carried out). What then fails is the second
    /// sending, with an error that looks as if nothing had left.
    func leftNothing(overFreshConnection isFresh: Bool) -> Bool {
        switch code {
        // Refused before libcurl saw them, or given up before their turn.
        case .badRequest, .badURL, .overloaded: true
        case .couldNotResolve, .couldNotConnect, .tlsFailed, .certificateRejected, .outOfSockets, .addressRefused,
            .unreadableAuthority:
            isFresh
        case .timedOut: isFresh && (phase == .dns || phase == .connect || phase == .tls)
        default: false
        }
    }
}
