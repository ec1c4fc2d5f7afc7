import HTTP
import Status

/// Resolves and connects, and talks where something is expected.
func probeTCP(_ order: ProbeOrder, _ http: HTTPClient) async -> ProbeResult {
    await probeConnection(order, http, tls: false)
}

/// Resolves, connects and shakes hands; libcurl checks the certificate against the authorities, the host and the date. Then it talks where
/// something is expected.
func probeTLS(_ order: ProbeOrder, _ http: HTTPClient) async -> ProbeResult {
    await probeConnection(order, http, tls: true)
}

private func probeConnection(_ order: ProbeOrder, _ http: HTTPClient, tls: Bool) async -> ProbeResult {
    let expected = order.expectation.text.map { Array($0.utf8) }
    let report = await http.connect(
        to: order.target.host,
        port: order.target.port,
        tls: tls,
        ipVersion: order.ipVersion,
        conversation: expected.map { Conversation(send: Array((order.expectation.send ?? "").utf8), until: $0) },
        pin: order.pin,
        connect: order.timeout,
        total: order.timeout
    )
    let phases = ProbeResult.Phases(report.phases)
    var result = order.answered(phases, total: report.phases.total, address: report.address)
    if let failure = report.failure {
        result = order.failed(failure)
    } else if let expected, !report.answer.contains(expected) {
        result.outcome = .failed
        result.phase = .protocol
        result.detail = report.answer.isEmpty ? "it closed without a word" : "it said something else than expected"
    }
    result.certificate = report.certificates.first.flatMap { ProbeResult.Certificate($0, now: order.now) }
    return result
}
