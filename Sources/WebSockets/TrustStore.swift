import CWebSockets

/// The OpenSSL context of a loop's client connections: which authorities are trusted, and what OpenSSL says when it refuses.
///
/// Made here rather than by libwebsockets, whose own would also trust certificates in `../share` of the working directory.
final class TrustStore {
    /// `SSL_CTX *`, owned by this object; whoever gave it to a library must have taken it back before the object goes.
    let handle: OpaquePointer

    /// - Parameter certificateAuthority: a PEM file trusted instead of the system's store.
    init(certificateAuthority: String?) throws(WebSocketError) {
        guard let handle = SSL_CTX_new(TLS_client_method()) else {
            throw WebSocketError(.tls, "OpenSSL could not make a context")
        }
        self.handle = handle
        // `SSL_CTX_set_min_proto_version` is a macro over this.
        _ = SSL_CTX_ctrl(handle, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
        SSL_CTX_set_info_callback(handle) { ssl, place, result in
            guard place == SSL_CB_CONNECT_EXIT, result <= 0 else { return }
            TrustStore.note(failureOf: ssl)
        }
        guard let certificateAuthority else {
            _ = SSL_CTX_set_default_verify_paths(handle)
            return
        }
        guard SSL_CTX_load_verify_file(handle, certificateAuthority) == 1 else {
            throw WebSocketError(.tls, "the certificates to trust could not be read from \(certificateAuthority)")
        }
    }

    deinit {
        SSL_CTX_free(handle)
    }

    /// Lets handshakes of this context report to `context`, which must outlive them.
    func report(to context: WebSocketContext) {
        // Index 0 is OpenSSL's application data. Not retained: the context drops this store when it goes.
        _ = SSL_CTX_set_ex_data(handle, 0, Unmanaged.passUnretained(context).toOpaque())
    }

    /// libwebsockets empties OpenSSL's error queue before it reports a failure, so the reason is noted while it is still there.
    private static func note(failureOf ssl: OpaquePointer?) {
        let error = ERR_peek_error()
        guard error != 0, let ssl, let user = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), 0) else { return }
        guard let reason = ERR_reason_error_string(error) else { return }
        // Runs inside `lws_service`, on the loop's thread, while the context stands.
        let context = Unmanaged<WebSocketContext>.fromOpaque(user).takeUnretainedValue()
        context.tlsFailure = (ssl, String(cString: reason))
    }
}
