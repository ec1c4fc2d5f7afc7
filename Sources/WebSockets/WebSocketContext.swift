import CWebSockets
import Glibc

/// libwebsockets' context with the connections in it. Lives on the loop's thread, in its poller.
final class WebSocketContext {
    private(set) var handle: OpaquePointer?
    private var vhost: OpaquePointer?
    private let trust: TrustStore
    /// Every connection that the library may still call back about, by the number that it carries as its user pointer.
    ///
    /// A number that is looked up cannot dangle, so no reference is handed to C and none has to be taken back.
    private var connections: [UInt: Connection] = [:]
    private var lastNumber: UInt = 0
    /// The connection that was looked up last: what comes next is most often for the same one.
    private var latest: (number: UInt, connection: Connection)?
    /// Connections that failed at once; their events wait until the caller has left its own step.
    private var refused: [(Connection, WebSocketError)] = []
    /// What OpenSSL said last about a handshake, and whose it was.
    var tlsFailure: (ssl: OpaquePointer, reason: String)?

    init(trust: TrustStore) {
        self.trust = trust
        precondition(Library.isReady, "libwebsockets could not be initialised")
        trust.report(to: self)
        var information = lws_context_creation_info()
        information.port = CONTEXT_PORT_NO_LISTEN
        information.options = UInt64(LWS_SERVER_OPTION_EXPLICIT_VHOSTS)
        information.protocols = Library.protocols
        information.pt_serv_buf_size = UInt32(Library.pieceBytes)
        information.max_http_header_data2 = 16_384
        // Else its tables are sized after the process's limit, which can be a thousand million.
        information.fd_limit_per_thread = 4_096
        // The connect deadline of the request governs, not these.
        information.timeout_secs = 3_600
        information.connect_timeout_secs = 3_600
        // Not retained: `destroy` ends the library's context before this object goes.
        information.user = Unmanaged.passUnretained(self).toOpaque()
        information.vhost_name = Library.protocolName
        handle = lws_create_context(&information)
        vhost = lws_create_vhost(handle, &information)
        information.options |= UInt64(LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT)
        information.provided_client_ssl_ctx = trust.handle
        precondition(vhost != nil && lws_init_vhost_client_ssl(&information, vhost) == 0, "no memory or files for libwebsockets")
    }

    /// Delivers what waits, then lets the library wait and work.
    func service() {
        deliverRefusals()
        if !refused.isEmpty {
            lws_cancel_service(handle)
        }
        lws_service(handle, 0)
    }

    /// Ends every connection, with its terminal event, and the library's context.
    func destroy() {
        deliverRefusals()
        for connection in connections.values {
            connection.loopStops()
        }
        let handle = handle
        self.handle = nil
        lws_context_destroy(handle)
        for connection in connections.values {
            connection.destroyed()
        }
        latest = nil
        connections = [:]
        deliverRefusals()
    }

    private func deliverRefusals() {
        let refused = refused
        self.refused = []
        for (connection, error) in refused {
            connection.refused(error)
        }
    }

    // MARK: Connections

    func connect(
        _ request: WebSocketRequest,
        onMessage: WebSocketLoop.MessageHandler?,
        onEvent: @escaping @Sendable (WebSocketEvent) -> Void
    ) -> Connection {
        let connection = Connection(limits: request.limits, onMessage: onMessage, onEvent: onEvent)
        do throws(WebSocketError) {
            try dial(Endpoint(request), for: connection)
        } catch {
            refused.append((connection, error))
        }
        return connection
    }

    func connection(_ number: UInt) -> Connection? {
        if let latest, latest.number == number { return latest.connection }
        guard let connection = connections[number] else { return nil }
        latest = (number, connection)
        return connection
    }

    func remove(_ number: UInt) {
        latest = nil
        connections[number] = nil
    }

    private func dial(_ endpoint: Endpoint, for connection: Connection) throws(WebSocketError) {
        guard handle != nil else { throw WebSocketError(.cancelled, "the loop has stopped") }
        lastNumber += 1
        let number = lastNumber
        connection.endpoint = endpoint
        connections[number] = connection
        errno = 0
        guard let socket = start(endpoint, number: number) else {
            let failure = errno
            remove(number)
            let reason = failure == 0 ? "refused or unreachable" : String(cString: strerror(failure))
            throw WebSocketError(
                .unreachable,
                "no connection to \(endpoint.place): \(reason)",
                number: failure == 0 ? nil : Int(failure)
            )
        }
        connection.dialled(socket)
    }

    private func start(_ endpoint: Endpoint, number: UInt) -> OpaquePointer? {
        var information = lws_client_connect_info()
        information.context = handle
        information.vhost = vhost
        information.port = Int32(endpoint.port)
        information.ssl_connection = Int32(LCCSCF_HTTP_NO_FOLLOW_REDIRECT.rawValue)
        if endpoint.url.isSecure {
            information.ssl_connection |= Int32(LCCSCF_USE_SSL.rawValue)
        }
        if endpoint.url.isBracketed {
            // The library would check for the name "["; `Connection` checks the address instead.
            information.ssl_connection |= Int32(LCCSCF_SKIP_SERVER_CERT_HOSTNAME_CHECK.rawValue)
        }
        information.retry_and_idle_policy = Library.noIdlePolicy
        information.local_protocol_name = Library.protocolName
        information.userdata = UnsafeMutableRawPointer(bitPattern: number)
        return endpoint.address.withCString { address in
            endpoint.url.target.withCString { path in
                endpoint.url.authority.withCString { host in
                    "http/1.1".withCString { alpn in
                        information.address = address
                        information.path = path
                        information.host = host
                        information.alpn = alpn
                        return lws_client_connect_via_info(&information)
                    }
                }
            }
        }
    }
}
