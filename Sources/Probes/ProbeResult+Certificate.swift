import HTTP
import Status

extension ProbeResult.Certificate {
    /// nil when the certificate does not say when it expires.
    ///
    /// - Parameter now: seconds since 1970.
    init?(_ certificate: ServerCertificate, now: Int64) {
        guard let expires = certificate.expires else { return nil }
        let (days, rest) = (expires - now).quotientAndRemainder(dividingBy: 86_400)
        self.init(
            subject: certificate.subjectName,
            issuer: certificate.issuerName,
            // Integer division rounds towards zero, and a certificate that expired an hour ago has not 0 days left.
            daysLeft: Int(rest < 0 ? days - 1 : days)
        )
    }
}
