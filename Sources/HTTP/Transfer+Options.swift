import CCurl

extension Transfer {
    /// Has an easy handle do what the request says.
    func open(_ easy: CurlEasy, network: Network, userAgent: String, remaining: Duration) -> CurlEasy {
        self.easy = easy
        start = .now
        setGround(easy)
        setCallbacks(easy)
        setLimits(easy, remaining: remaining)
        setConnection(easy, network)
        easy.set(CURLOPT_URL, request.url)
        if request.purpose == .exchange {
            setMethod(easy)
            easy.set(CURLOPT_USERAGENT, userAgent)
            easy.set(CURLOPT_HTTPHEADER, list: headerLines)
            // Everything that libcurl can decode; the limit counts decoded bytes.
            easy.set(CURLOPT_ACCEPT_ENCODING, "")
        }
        return easy
    }

    /// What holds for every transfer.
    private func setGround(_ easy: CurlEasy) {
        // Signals belong to the process, not to a thread of it.
        easy.set(CURLOPT_NOSIGNAL, true)
        // A transfer that ends during a slow resolve leaves the resolver's thread behind instead of waiting for it on the loop.
        easy.set(CURLOPT_QUICK_EXIT, 1)
        if request.keepsConnection {
            // Together with the time-out that new sockets get, this clears dead connections out of the pool.
            easy.set(CURLOPT_TCP_KEEPALIVE, true)
            easy.set(CURLOPT_TCP_KEEPIDLE, 30)
            easy.set(CURLOPT_TCP_KEEPINTVL, 10)
        }
        easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        easy.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        // No proxy out of the environment: a probe must reach what it names, and a token must not pass a stranger.
        easy.set(CURLOPT_PROXY, "")
    }

    private func setCallbacks(_ easy: CurlEasy) {
        // The table owns the transfer for as long as the handle can call.
        let borrowed = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
        easy.set(CURLOPT_PRIVATE, pointer: borrowed)
        easy.set(CURLOPT_ERRORBUFFER, pointer: message)
        easy.set(CURLOPT_WRITEDATA, pointer: borrowed)
        easy.set(CURLOPT_WRITEFUNCTION, receive: receiveBody)
        easy.set(CURLOPT_HEADERDATA, pointer: borrowed)
        easy.set(CURLOPT_HEADERFUNCTION, receive: receiveHeader)
        easy.set(CURLOPT_SSL_CTX_DATA, pointer: borrowed)
        easy.set(CURLOPT_SSL_CTX_FUNCTION, sslContext: beginHandshake)
        easy.set(CURLOPT_OPENSOCKETDATA, pointer: borrowed)
        easy.set(CURLOPT_OPENSOCKETFUNCTION, openSocket: openSocket)
    }

    private func setLimits(_ easy: CurlEasy, remaining: Duration) {
        easy.set(CURLOPT_TIMEOUT_MS, remaining.curlMilliseconds)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, min(request.limits.connect, remaining).curlMilliseconds)
        if !request.cutsBodyShort, request.method != .head {
            easy.set(CURLOPT_MAXFILESIZE_LARGE, offset: max(1, request.limits.body))
        }
        easy.set(CURLOPT_FOLLOWLOCATION, request.redirects > 0 && (request.method == .get || request.method == .head))
        easy.set(CURLOPT_MAXREDIRS, max(0, min(request.redirects, 20)))
    }

    private func setConnection(_ easy: CurlEasy, _ network: Network) {
        easy.set(CURLOPT_CONNECT_TO, list: request.pin.map { ["::\($0)"] } ?? network.connectTo.map(\.text))
        // One file of authorities and no folder beside it: only then does libcurl keep what it has read for the next handshake.
        easy.set(CURLOPT_CAPATH, nil)
        if let authority = network.certificateAuthority { easy.set(CURLOPT_CAINFO, authority) }
        switch request.ipVersion {
        case .any: break
        case .v4: easy.set(CURLOPT_IPRESOLVE, Int(CURL_IPRESOLVE_V4))
        case .v6: easy.set(CURLOPT_IPRESOLVE, Int(CURL_IPRESOLVE_V6))
        }
        easy.set(CURLOPT_CERTINFO, request.capturesCertificates)
        let offersHTTP2 = request.allowsHTTP2 && request.purpose == .exchange
        easy.set(CURLOPT_HTTP_VERSION, Int(offersHTTP2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1))
        if !request.keepsConnection {
            easy.set(CURLOPT_FRESH_CONNECT, true)
            // At the end of the connecting libcurl would close what is yet to be talked over; it does so when the handle goes.
            easy.set(CURLOPT_FORBID_REUSE, request.conversation == nil)
            easy.set(CURLOPT_DNS_CACHE_TIMEOUT, 0)
            easy.set(CURLOPT_SSL_SESSIONID_CACHE, false)
        } else {
            // Rather a stream of a connection that is just being made than another connection.
            easy.set(CURLOPT_PIPEWAIT, offersHTTP2)
        }
        if request.purpose == .connect {
            easy.set(CURLOPT_CONNECT_ONLY, true)
            // Of what is never sent nothing can be held back.
            easy.set(CURLOPT_TCP_NODELAY, request.conversation != nil)
            // The server may speak anything behind TLS.
            easy.set(CURLOPT_SSL_ENABLE_ALPN, false)
        }
    }

    private func setMethod(_ easy: CurlEasy) {
        switch (request.method, request.body) {
        case (.get, nil): easy.set(CURLOPT_HTTPGET, true)
        case (.head, _): easy.set(CURLOPT_NOBODY, true)
        case (.post, let body): setBody(easy, body ?? [])
        case (let method, let body):
            if let body { setBody(easy, body) }
            easy.set(CURLOPT_CUSTOMREQUEST, method.rawValue)
        }
    }

    /// libcurl copies the body, by the size that must be set before.
    private func setBody(_ easy: CurlEasy, _ body: [UInt8]) {
        easy.set(CURLOPT_POST, true)
        easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
        body.withUnsafeBytes { bytes in
            // An empty array may have no address, and none means "no body was set".
            if let address = bytes.baseAddress, !bytes.isEmpty {
                easy.set(CURLOPT_COPYPOSTFIELDS, pointer: address)
            } else {
                easy.set(CURLOPT_COPYPOSTFIELDS, "")
            }
        }
    }

    /// In libcurl's notation: `Name: value`, `Name;` for an empty value, `Name:` for a header that libcurl must not add.
    private var headerLines: [String] {
        var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        lines.append("Expect:")
        let hasMediaType = request.headers.contains { $0.name.isSameHeaderName(as: "content-type") }
        if !hasMediaType { lines.append("Content-Type:") }
        return lines
    }
}

extension Duration {
    /// Rounded up, and never zero, which would mean "no limit" to libcurl.
    fileprivate var curlMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 2_000_000 else { return 2_000_000_000 }
        guard seconds >= 0, attoseconds >= 0 else { return 1 }
        return max(1, Int(seconds) * 1_000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}
