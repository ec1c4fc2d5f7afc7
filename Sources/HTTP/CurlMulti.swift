import CCurl

/// libcurl's multi handle: the transfers under way and the connections they leave open.
///
/// The poller owns it and destroys it. It is used on the client's loop alone, but for `wake`, which libcurl allows anywhere.
struct CurlMulti: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
    let conversations = CurlConversations()

    /// - Parameters:
    ///   - maxConnectionsPerHost: transfers beyond it wait for a connection.
    ///   - maxIdleConnections: how many connections stay open for reuse.
    init(maxConnectionsPerHost: Int, maxIdleConnections: Int) {
        _ = CurlMulti.globalState
        guard let pointer = curl_multi_init() else { preconditionFailure("libcurl cannot start") }
        self.pointer = pointer
        isitdown_multi_setopt_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, maxConnectionsPerHost)
        isitdown_multi_setopt_long(pointer, CURLMOPT_MAXCONNECTS, maxIdleConnections)
    }

    /// Lives as long as the process: libcurl's own start is not to be repeated while it is in use.
    private static let globalState: Void = {
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else { preconditionFailure("libcurl cannot start") }
    }()
}
