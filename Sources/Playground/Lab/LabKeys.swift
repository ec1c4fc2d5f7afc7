import Certificates
import Foundation

/// The certificates of the simulated hosts, one for each service.
struct LabKeys: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The certificate to trust.
    let authority: URL
    /// By service.
    let identities: [String: CertificateAuthority.Identity]

    /// Makes them on a thread of their own: openssl takes its time, and the threads that run Swift's tasks are few.
    static func make(in folder: URL, for entries: [LabPlan.Entry]) async throws -> LabKeys {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try LabKeys(in: folder, for: entries) })
            }
        }
    }

    private init(in folder: URL, for entries: [LabPlan.Entry]) throws {
        let authority = try CertificateAuthority(in: folder, name: "isitdown playground")
        var identities: [String: CertificateAuthority.Identity] = [:]
        for entry in entries where !entry.tlsHosts.isEmpty {
            identities[entry.id] = try authority.issue(for: entry.tlsHosts)
        }
        self.authority = authority.certificate
        self.identities = identities
    }
}
