import CWebSockets

/// libwebsockets as the process has it: what may be done to it once only.
enum Library {
    /// Silences the library's log, which would go to standard error, and readies OpenSSL for it.
    ///
    /// libwebsockets 4.1 keeps in one variable of the process under which index a TLS connection refers to its socket, and
    /// takes a new index with every context that initialises TLS: handshakes under way elsewhere then fail. So one context
    /// does that here and goes at once, and those that work never do.
    static let isReady: Bool = {
        lws_set_log_level(0) { _, _ in }
        var information = lws_context_creation_info()
        information.port = CONTEXT_PORT_NO_LISTEN
        information.options = UInt64(LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT | LWS_SERVER_OPTION_EXPLICIT_VHOSTS)
        information.fd_limit_per_thread = 8
        guard let context = lws_create_context(&information) else { return false }
        lws_context_destroy(context)
        return true
    }()

    /// A socket's own ping after silence is switched off: the protocols above have heartbeats of their own.
    ///
    /// Never freed, never written to after this: every connection of the process points to it.
    nonisolated(unsafe) static let noIdlePolicy: UnsafePointer<lws_retry_bo_t> = {
        let policy = UnsafeMutablePointer<lws_retry_bo_t>.allocate(capacity: 1)
        policy.initialize(to: lws_retry_bo_t())
        return UnsafePointer(policy)
    }()

    /// The one protocol, with its end mark (`LWS_PROTOCOL_LIST_TERM` does not import). Never freed, since it must outlive contexts.
    nonisolated(unsafe) static let protocols: UnsafePointer<lws_protocols> = {
        let protocols = UnsafeMutablePointer<lws_protocols>.allocate(capacity: 2)
        protocols.initialize(repeating: lws_protocols(), count: 2)
        protocols[0].name = protocolName
        protocols[0].callback = libraryCallback
        protocols[0].rx_buffer_size = pieceBytes
        return UnsafePointer(protocols)
    }()

    nonisolated(unsafe) static let protocolName = staticText("websocket")

    /// The most bytes in a piece of a message, and per read and write: a TLS record's.
    static let pieceBytes = 16_384

    private static func staticText(_ text: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
