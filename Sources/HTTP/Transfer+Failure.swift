import CCurl

extension Transfer {
    /// How a transfer ends.
    enum Ending {
        /// libcurl is through with it.
        case curl(CURLcode)
        /// The task was cancelled, or the client shut down.
        case cancelled
        /// The watchdog ended it.
        case outOfTime

        var isSuccess: Bool {
            if case .curl(CURLE_OK) = self { true } else { false }
        }
    }

    /// The error that an ending amounts to; nil when the transfer did what it was for.
    ///
    /// - Parameter response: as far as there is one.
    func failure(_ ending: Ending, _ response: HTTPResponse) -> HTTPError? {
        let unfinished = unfinishedPhase(response)
        func error(_ code: HTTPError.Code, _ message: String, _ curlCode: CURLcode = CURLE_OK) -> HTTPError {
            let number = Int32(bitPattern: curlCode.rawValue)
            return HTTPError(
                code,
                message: message,
                curlCode: number,
                phase: code.phase ?? unfinished,
                phases: response.phases,
                address: response.address
            )
        }
        switch ending {
        case .cancelled: return error(.cancelled, "cancelled")
        case .outOfTime where dialled.isEmpty && !response.reusedConnection:
            return HTTPError(.overloaded, message: "no turn within \(request.limits.total)")
        case .outOfTime: return error(.timedOut, "no end within \(request.limits.total)", CURLE_OPERATION_TIMEDOUT)
        case .curl(CURLE_OK): return nil
        case .curl(let code):
            switch interruption {
            case .switchedProtocols, .bodyCutShort: return nil
            case .headersTooLarge: return error(.headersTooLarge, "more than \(request.limits.headers) bytes of headers", code)
            case .bodyTooLarge: return error(.bodyTooLarge, "more than \(request.limits.body) bytes of body", code)
            case nil: break
            }
            if refusedAddresses > 0, dialled.isEmpty {
                return error(.addressRefused, "no address of the host may be dialled", code)
            }
            if code == CURLE_COULDNT_CONNECT, lacksSockets {
                return error(.outOfSockets, "this process can open no more sockets", code)
            }
            return error(HTTPError.Code(code, during: unfinished), words(for: code), code)
        }
    }

    /// What the transfer was doing when it ended.
    private func unfinishedPhase(_ response: HTTPResponse) -> HTTPPhase {
        let phases = response.phases
        if response.reusedConnection || phases.firstByte != nil || phases.tls != nil { return .http }
        if phases.connect != nil { return request.url.lowercased().hasPrefix("https:") ? .tls : .http }
        return phases.dns == nil ? .dns : .connect
    }

    private func words(for code: CURLcode) -> String {
        let said = String(cString: message)
        return said.isEmpty ? String(cString: curl_easy_strerror(code)) : said
    }
}

extension HTTPError.Code {
    /// The phase in which alone this can happen; nil for what can happen in several.
    fileprivate var phase: HTTPPhase? {
        switch self {
        case .couldNotResolve: .dns
        case .couldNotConnect, .addressRefused, .outOfSockets: .connect
        case .tlsFailed, .certificateRejected: .tls
        default: nil
        }
    }

    /// - Parameter phase: what the transfer was doing; libcurl uses some numbers for a bad URL and for a bad answer alike.
    fileprivate init(_ code: CURLcode, during phase: HTTPPhase) {
        switch code {
        case CURLE_URL_MALFORMAT: self = .badURL
        case CURLE_UNSUPPORTED_PROTOCOL: self = phase == .http ? .malformedResponse : .badURL
        case CURLE_BAD_FUNCTION_ARGUMENT: self = .badRequest
        case CURLE_COULDNT_RESOLVE_HOST: self = .couldNotResolve
        case CURLE_COULDNT_CONNECT: self = .couldNotConnect
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER: self = .tlsFailed
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: self = .certificateRejected
        case CURLE_SSL_CACERT_BADFILE: self = .unreadableAuthority
        case CURLE_FILESIZE_EXCEEDED: self = .bodyTooLarge
        case CURLE_TOO_MANY_REDIRECTS: self = .tooManyRedirects
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE: self = .connectionLost
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2, CURLE_HTTP2_STREAM: self = .malformedResponse
        default: self = .other
        }
    }
}
