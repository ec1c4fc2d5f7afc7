import ChildProcesses
public import Foundation

/// A certificate authority made on the spot, for listeners on this machine that must speak real TLS: the lab and the tests.
///
/// The keys live in a folder of their own that only this user can read, and mean nothing outside of it. OpenSSL's own program does
/// the work: it is on every machine that has the libcurl and libwebsockets which the bot needs.
public struct CertificateAuthority: Sendable {
    /// A certificate with its key, as PEM files.
    public struct Identity: Hashable, Sendable {
        public let certificate: URL
        public let key: URL
    }

    /// Why no certificate could be made.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// Where everything is kept.
    public let folder: URL

    /// The authority's own certificate, what a client must trust.
    public var certificate: URL { folder.appending(path: "ca.pem") }
    private var key: URL { folder.appending(path: "ca.key") }

    /// Makes an authority that is valid for a week.
    ///
    /// - Parameter folder: is created when it does not exist; files of an earlier authority in it are replaced.
    public init(in folder: URL, name: String = "isitdown local authority") throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try CertificateAuthority.openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "7",
            "-subj", "/CN=\(name)", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            "-keyout", key.path(percentEncoded: false), "-out", certificate.path(percentEncoded: false),
        ])
    }

    /// Issues a certificate for host names and addresses.
    ///
    /// - Parameters:
    ///   - names: DNS names or numeric addresses, the first one also the common name.
    ///   - days: how long it is valid from now on; a negative number makes one that has expired.
    public func issue(for names: [String], days: Int = 7) throws -> Identity {
        precondition(!names.isEmpty, "a certificate needs a name")
        let stem = names[0].replacing("*", with: "_").replacing(":", with: "_") + (days < 0 ? "-expired" : "")
        let identity = Identity(certificate: folder.appending(path: "\(stem).pem"), key: folder.appending(path: "\(stem).key"))
        let request = folder.appending(path: "\(stem).csr")
        let extensions = folder.appending(path: "\(stem).ext")
        let alternatives = names.map { name in
            let isAddress = name.contains(":") || name.allSatisfy { $0.isNumber || $0 == "." }
            return isAddress ? "IP:\(name)" : "DNS:\(name)"
        }
        try "subjectAltName=\(alternatives.joined(separator: ","))\n".write(to: extensions, atomically: true, encoding: .utf8)
        try CertificateAuthority.openssl([
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-subj", "/CN=\(names[0])",
            "-keyout", identity.key.path(percentEncoded: false), "-out", request.path(percentEncoded: false),
        ])
        try CertificateAuthority.openssl([
            "x509", "-req", "-in", request.path(percentEncoded: false), "-CA", certificate.path(percentEncoded: false), "-CAkey",
            key.path(percentEncoded: false), "-CAcreateserial",
            "-days", "\(days)", "-extfile", extensions.path(percentEncoded: false), "-out",
            identity.certificate.path(percentEncoded: false),
        ])
        return identity
    }

    /// Makes a certificate that no authority has signed, as a listener has that must not be trusted.
    public func selfSigned(for name: String) throws -> Identity {
        let identity = Identity(
            certificate: folder.appending(path: "\(name)-self-signed.pem"), key: folder.appending(path: "\(name)-self-signed.key")
        )
        try CertificateAuthority.openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "7",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)",
            "-keyout", identity.key.path(percentEncoded: false), "-out", identity.certificate.path(percentEncoded: false),
        ])
        return identity
    }

    private static func openssl(_ arguments: [String]) throws {
        let child: ChildProcess
        do {
            child = try ChildProcess("openssl", arguments, errors: .pipe)
        } catch {
            throw Failure(description: "openssl does not start: \(error)")
        }
        let complaint = String(decoding: child.errors?.readDataToEndOfFile() ?? Data(), as: UTF8.self)
        guard child.wait() == 0 else {
            throw Failure(
                description: "openssl \(arguments[0]) failed: \(complaint.trimmingCharacters(in: .whitespacesAndNewlines))")
        }
    }
}
