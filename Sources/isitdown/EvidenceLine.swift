import Status
import Timing

/// One probe's result, as `check --json` writes it: times in milliseconds, phases that were not reached are null.
struct EvidenceLine: Encodable {
    private let result: ProbeResult

    init(_ result: ProbeResult) {
        self.result = result
    }

    private enum Key: String, CodingKey {
        case target, outcome, phase, phases, ms, address, status, certificate, detail
    }
    private enum PhaseKey: String, CodingKey {
        case dns, connect, tls, http
    }
    private enum CertificateKey: String, CodingKey {
        case subject, issuer, daysLeft = "days_left"
    }

    func encode(to encoder: any Encoder) throws {
        var line = encoder.container(keyedBy: Key.self)
        try line.encode(result.target.description, forKey: .target)
        try line.encode(result.outcome.rawValue, forKey: .outcome)
        try line.encode(result.phase?.rawValue, forKey: .phase)
        try line.encode(tenths(result.total), forKey: .ms)
        try line.encode(result.address, forKey: .address)
        try line.encode(result.status, forKey: .status)
        try line.encode(result.detail, forKey: .detail)
        var phases = line.nestedContainer(keyedBy: PhaseKey.self, forKey: .phases)
        try phases.encode(result.phases.dns.map(tenths), forKey: .dns)
        try phases.encode(result.phases.connect.map(tenths), forKey: .connect)
        try phases.encode(result.phases.tls.map(tenths), forKey: .tls)
        try phases.encode(result.phases.http.map(tenths), forKey: .http)
        guard let certificate = result.certificate else {
            return try line.encodeNil(forKey: .certificate)
        }
        var details = line.nestedContainer(keyedBy: CertificateKey.self, forKey: .certificate)
        try details.encode(certificate.subject, forKey: .subject)
        try details.encode(certificate.issuer, forKey: .issuer)
        try details.encode(certificate.daysLeft, forKey: .daysLeft)
    }

    private func tenths(_ duration: Duration) -> Double {
        (duration.milliseconds * 10).rounded() / 10
    }
}
