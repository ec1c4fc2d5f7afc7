import CCurl

extension Transfer {
    /// Where a conversation stands after a step.
    enum Talk {
        /// More is to be said, or to be heard, when the socket is ready.
        case goesOn
        case ends(CURLcode)
    }

    /// What a conversation waits for, as `curl_multi_poll` names it.
    var awaitedEvents: Int16 {
        Int16(said < (request.conversation?.send.count ?? 0) ? CURL_WAIT_POLLOUT : CURL_WAIT_POLLIN)
    }

    /// Says and hears as much as the socket takes and has now. libcurl's manual for `curl_easy_recv`: read until it says `AGAIN`, since TLS
    /// may hold bytes that no event will announce.
    func talk(_ conversation: Conversation) -> Talk {
        guard let easy else { return .ends(CURLE_FAILED_INIT) }
        while said < conversation.send.count {
            var count = 0
            let code = conversation.send[said...].withUnsafeBytes {
                curl_easy_send(easy.pointer, $0.baseAddress, $0.count, &count)
            }
            if code == CURLE_AGAIN { return .goesOn }
            guard code == CURLE_OK else { return .ends(code) }
            said += count
        }
        var piece = [UInt8](repeating: 0, count: 4_096)
        while !conversation.isOver(body) {
            var count = 0
            let code = piece.withUnsafeMutableBytes { curl_easy_recv(easy.pointer, $0.baseAddress, $0.count, &count) }
            if code == CURLE_AGAIN { return .goesOn }
            guard code == CURLE_OK else { return .ends(code) }
            // The peer has closed: what it said is the answer.
            if count == 0 { break }
            if firstHeard == nil { firstHeard = start.duration(to: .now) }
            body.append(contentsOf: piece.prefix(count))
        }
        return .ends(CURLE_OK)
    }
}
