import CWebSockets

extension Connection {
    func dialled(_ socket: OpaquePointer) {
        self.socket = socket
        setTimer(limits.connect)
        if cause != nil {
            drop()
        }
    }

    /// It could not even be dialled.
    func refused(_ error: WebSocketError) {
        finish(.failed(cause ?? error))
    }

    func hasTCP() {
        phase = endpoint?.url.isSecure == true ? .tls : .upgrade
    }

    /// The input is where the library's cursor into the request stands.
    func appendHeaders(_ input: UnsafeMutableRawPointer?, room: Int) -> Int32 {
        phase = .upgrade
        guard let lines = endpoint?.headerLines, !lines.isEmpty else { return 0 }
        guard let cursor = input?.assumingMemoryBound(to: UnsafeMutableRawPointer.self), lines.count <= room else {
            cause = WebSocketError(.invalidRequest, "the headers do not fit into the request")
            return 1
        }
        cursor.pointee.copyMemory(from: lines, byteCount: lines.count)
        cursor.pointee += lines.count
        return 0
    }

    /// Called for each certificate of the chain; false refuses it.
    func verifiesCertificate(_ store: OpaquePointer?, isAccepted: Bool) -> Bool {
        guard isAccepted else {
            let error = X509_STORE_CTX_get_error(store)
            let reason = X509_verify_cert_error_string(Int(error)).map { String(cString: $0) } ?? "unknown reason"
            refuseCertificate(reason, number: error)
            return false
        }
        guard let url = endpoint?.url, url.isBracketed, X509_STORE_CTX_get_error_depth(store) == 0 else { return true }
        hasVerifiedAddress = X509_check_ip_asc(X509_STORE_CTX_get_current_cert(store), url.host, 0) == 1
        if !hasVerifiedAddress {
            refuseCertificate("IP address mismatch", number: X509_V_ERR_IP_ADDRESS_MISMATCH)
        }
        return hasVerifiedAddress
    }

    private func refuseCertificate(_ reason: String, number: Int32) {
        let host = endpoint?.url.host ?? ""
        cause = WebSocketError(.certificate, "the certificate for \(host) was not accepted: \(reason)", number: Int(number))
    }

    func established() -> Int32 {
        guard state == .connecting, cause == nil else { return -1 }
        if let url = endpoint?.url, url.isSecure, url.isBracketed, !hasVerifiedAddress {
            refuseCertificate("the address was not verified", number: X509_V_ERR_IP_ADDRESS_MISMATCH)
            return -1
        }
        state = .open
        onEvent?(.opened)
        return 0
    }

    func connectionFailed(_ text: String, tls: String?) {
        guard state == .connecting else { return ended() }
        finish(.failed(cause ?? failure(text, tls: tls)))
    }

    func failure(_ text: String, tls: String?) -> WebSocketError {
        let place = endpoint?.place ?? ""
        if status != 0, status != 101 {
            return WebSocketError(.upgradeRefused(status: status), "the server answered the upgrade with HTTP \(status)")
        }
        switch phase {
        case .tcp:
            return WebSocketError(.unreachable, "no connection to \(place): refused or unreachable")
        case .tls:
            return WebSocketError(.tls, "no TLS with \(place): \(tls ?? "the server ended the handshake")")
        case .upgrade:
            return WebSocketError(.handshake, "no websocket at \(place): \(text.isEmpty ? "the server hung up" : text)")
        }
    }
}
