import Status
import Timing

/// One probe's result, as `check --json` writes it: times in milliseconds, phases that were not reached are null.
struct EvidenceLine: Encodable {
    private let result: ProbeResult

    init(_ result: ProbeResult) {
        self.result = result
    }

    private enum Key: String, CodingKey {
        case target, outcome, phase, phases, ms, address, status, families, certificate, detail
        case secondOpinion = "second_opinion"
    }
    private enum FamilyKey: String, CodingKey {
        case v4, v6
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
        try line.encode(result.secondOpinion?.rawValue, forKey: .secondOpinion)
        try encodeFamilies(into: &line)
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

    /// Both families side by side; null where only one was dialled.
    private func encodeFamilies(into line: inout KeyedEncodingContainer<Key>) throws {
        guard !result.families.isEmpty else { return try line.encodeNil(forKey: .families) }
        var families = line.nestedContainer(keyedBy: FamilyKey.self, forKey: .families)
        for (family, leg) in result.families {
            var one = families.nestedContainer(keyedBy: Key.self, forKey: family == .v4 ? .v4 : .v6)
            try one.encode(leg.outcome.rawValue, forKey: .outcome)
            try one.encode(leg.phase?.rawValue, forKey: .phase)
            try one.encode(tenths(leg.total), forKey: .ms)
            try one.encode(leg.address, forKey: .address)
            try one.encode(leg.detail, forKey: .detail)
        }
    }

    private func tenths(_ duration: Duration) -> Double {
        (duration.milliseconds * 10).rounded() / 10
    }
}
