import CCurl

extension CurlEasy {
    /// The header fields of the last answer, trailers left out.
    var headers: HTTPHeaders {
        // libcurl counts a 101 among the provisional answers, though it is the last one.
        let origin = UInt32(long(CURLINFO_RESPONSE_CODE) == 101 ? CURLH_1XX : CURLH_HEADER)
        var fields: [HTTPHeaders.Field] = []
        var header = curl_easy_nextheader(pointer, origin, -1, nil)
        while let current = header {
            let name = current.pointee.name.map { String(cString: $0) } ?? ""
            let value = current.pointee.value.map { String(cString: $0) } ?? ""
            fields.append(HTTPHeaders.Field(name: name, value: value))
            header = curl_easy_nextheader(pointer, origin, -1, current)
        }
        return HTTPHeaders(fields)
    }

    /// The certificates that the server showed, its own first.
    var certificates: [ServerCertificate] {
        var chain: UnsafeMutablePointer<curl_certinfo>?
        guard isitdown_getinfo_certificates(pointer, &chain) == CURLE_OK, let chain, let entries = chain.pointee.certinfo else {
            return []
        }
        return (0..<Int(max(0, chain.pointee.num_of_certs))).map { ServerCertificate(lines: lines(of: entries[$0])) }
    }

    var version: HTTPResponse.Version {
        switch long(CURLINFO_HTTP_VERSION) {
        case Int(CURL_HTTP_VERSION_1_0): .http1_0
        case Int(CURL_HTTP_VERSION_1_1): .http1_1
        case Int(CURL_HTTP_VERSION_2_0): .http2
        default: .other
        }
    }

    /// Whether the request was about to be sent without a connection having been made for it.
    var isOnReusedConnection: Bool {
        long(CURLINFO_NUM_CONNECTS) == 0 && time(CURLINFO_PRETRANSFER_TIME_T) != nil
    }

    /// libcurl's points of time, all counted from the start, as steps.
    ///
    /// - Parameter handshakeStart: when the TLS handshake began. libcurl gives no time for the connection below a handshake that failed.
    func phases(handshakeStart: Duration?) -> HTTPPhases {
        let total = time(CURLINFO_TOTAL_TIME_T) ?? .zero
        var phases = HTTPPhases(total: total)
        var end = Duration.zero
        func step(to point: Duration?) -> Duration? {
            guard let point else { return nil }
            defer { end = max(end, point) }
            return max(.zero, point - end)
        }
        // A reused connection shows points of its own for these, a few microseconds after the start.
        if !isOnReusedConnection {
            phases.dns = step(to: time(CURLINFO_NAMELOOKUP_TIME_T))
            phases.connect = step(to: time(CURLINFO_CONNECT_TIME_T) ?? handshakeStart)
            phases.tls = step(to: time(CURLINFO_APPCONNECT_TIME_T))
        }
        phases.firstByte = step(to: time(CURLINFO_STARTTRANSFER_TIME_T))
        return phases
    }

    private func lines(of list: UnsafeMutablePointer<curl_slist>?) -> [String] {
        var lines: [String] = []
        var next = list
        while let line = next {
            if let text = line.pointee.data { lines.append(String(cString: text)) }
            next = line.pointee.next
        }
        return lines
    }
}
