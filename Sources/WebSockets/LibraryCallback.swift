import CWebSockets

/// What libwebsockets calls, always inside `lws_service`, `lws_client_connect_via_info` or `lws_context_destroy` and so on the
/// loop's thread. It finds the connection by its number and says what happened; nothing is decided here.
func libraryCallback(
    socket: OpaquePointer?,
    reason: lws_callback_reasons,
    user: UnsafeMutableRawPointer?,
    input: UnsafeMutableRawPointer?,
    count: Int
) -> Int32 {
    guard let socket, let context = WebSocketContext.of(socket) else { return 0 }
    if reason == LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION {
        // Here the user pointer is OpenSSL's; the connection's number has to be asked for.
        guard let connection = context.connection(UInt(bitPattern: lws_wsi_user(socket))) else { return 1 }
        return connection.verifiesCertificate(OpaquePointer(user), isAccepted: count == 1) ? 0 : 1
    }
    let number = UInt(bitPattern: user)
    guard let connection = context.connection(number) else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: input, count: input == nil ? 0 : count)

    switch reason {
    case LWS_CALLBACK_WSI_CREATE:
        connection.hasTCP()
    case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER:
        return connection.appendHeaders(input, room: count)
    case LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP:
        connection.status = Int(lws_http_client_http_response(socket))
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
        return connection.established()
    case LWS_CALLBACK_CLIENT_RECEIVE:
        connection.received(
            bytes,
            remaining: Int(clamping: lws_remaining_packet_payload(socket)),
            isLast: lws_is_final_fragment(socket) != 0,
            isBinary: lws_frame_is_binary(socket) != 0
        )
    case LWS_CALLBACK_CLIENT_RECEIVE_PONG:
        connection.receivedPong([UInt8](bytes))
    case LWS_CALLBACK_CLIENT_WRITEABLE:
        return connection.writable()
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        connection.peerCloses([UInt8](bytes))
    case LWS_CALLBACK_TIMER:
        connection.timerFired()
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        connection.connectionFailed(String(decoding: bytes, as: UTF8.self), tls: context.takeTLSFailure(of: socket))
    case LWS_CALLBACK_CLIENT_CLOSED, LWS_CALLBACK_CLOSED_CLIENT_HTTP:
        connection.ended()
    case LWS_CALLBACK_WSI_DESTROY:
        context.remove(number)
        connection.destroyed()
    default:
        break
    }
    return 0
}

extension WebSocketContext {
    fileprivate static func of(_ socket: OpaquePointer) -> WebSocketContext? {
        guard let handle = lws_get_context(socket), let user = lws_context_user(handle) else { return nil }
        return Unmanaged<WebSocketContext>.fromOpaque(user).takeUnretainedValue()
    }

    fileprivate func takeTLSFailure(of socket: OpaquePointer) -> String? {
        guard let failure = tlsFailure, failure.ssl == lws_get_ssl(socket) else { return nil }
        tlsFailure = nil
        return failure.reason
    }
}
