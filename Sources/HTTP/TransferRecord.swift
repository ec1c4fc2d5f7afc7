import CCurl

/// Everything known of a transfer once it is over, free of libcurl.
struct TransferRecord: Sendable {
    var response = HTTPResponse(status: 0)
    /// Every address that was dialled, or would have been, in order.
    var dialled: [NetworkAddress] = []
    /// Why there is no answer; nil when there is one.
    var failure: HTTPError?

    init(failure: HTTPError) {
        self.failure = failure
    }

    /// Reads what libcurl and the callbacks know. Must be called before the easy handle goes.
    init(_ transfer: Transfer, _ easy: CurlEasy, _ ending: Transfer.Ending) {
        dialled = transfer.dialled
        var phases = easy.phases(handshakeStart: transfer.handshakeStart)
        // libcurl's clock of a transfer that fails stands still where it was last looked at.
        let elapsed = transfer.start.duration(to: .now)
        if let heard = transfer.firstHeard { phases.firstByte = heard }
        if !ending.isSuccess || transfer.request.conversation != nil { phases.total = max(phases.total, elapsed) }
        response = HTTPResponse(
            status: easy.long(CURLINFO_RESPONSE_CODE),
            headers: easy.headers,
            body: transfer.body,
            isCutShort: transfer.interruption == .bodyCutShort,
            version: easy.version,
            phases: phases,
            address: easy.string(CURLINFO_PRIMARY_IP) ?? transfer.dialled.last?.host,
            reusedConnection: easy.isOnReusedConnection,
            certificates: easy.certificates
        )
        failure = transfer.failure(ending, response)
    }
}
