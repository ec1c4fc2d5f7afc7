import HTTP
import Status

/// Resolves and connects.
let probeTCP: Probe = { order, http in await probeConnection(order, http, tls: false) }

/// Resolves, connects and shakes hands; libcurl checks the certificate against the authorities, the host and the date.
let probeTLS: Probe = { order, http in await probeConnection(order, http, tls: true) }

private func probeConnection(_ order: ProbeOrder, _ http: HTTPClient, tls: Bool) async -> ProbeResult {
    let report = await http.connect(
        to: order.target.host,
        port: order.target.port,
        tls: tls,
        ipVersion: order.ipVersion,
        connect: order.timeout,
        total: order.timeout
    )
    let phases = ProbeResult.Phases(report.phases)
    var result = order.answered(phases, total: report.phases.total, address: report.address)
    if let failure = report.failure { result = order.failed(failure) }
    result.certificate = report.certificates.first.flatMap { ProbeResult.Certificate($0, now: order.now) }
    return result
}
